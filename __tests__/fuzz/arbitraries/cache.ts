import * as fc from "fast-check";
import { Cache, type CacheProps } from "../../../modules/cache";
import { ADAPTERS_OF_KIND } from "../../../modules/cache/adapters";
import { CACHE_KINDS, type CacheKind } from "../../../modules/cache/cache-kinds";
import {
  CACHE_ENGINES,
  type CacheEngine,
  NODE_VERSIONS,
  SERVERLESS_VERSIONS,
} from "../../../modules/cache/engine-versions";
import { type Target } from "../target";
import { hostile } from "./hostile";
import { spoiled } from "./spoil";
import {
  arn,
  baseName,
  key,
  keyed,
  kmsKeyArn,
  number,
  prose,
  retentionDays,
  securityGroupId,
  some,
  subnetIds,
  text,
  vpcId,
  within,
} from "./values";

const prefixes = some(text(fc.constantFrom("messenger-crm:", "crm/", "a{b}")), 1, 2);

const byUsers = fc.record(
  {
    authentication: fc.record({ kind: fc.constant("iam"), userName: text(baseName) }, { requiredKeys: ["kind"] }),
    keyPrefixes: prefixes,
    channelPrefixes: prefixes,
    socketNamespaces: some(text(fc.constantFrom("/", "/agents")), 1, 2),
  },
  { requiredKeys: [] },
);
const open = fc.record({ authentication: fc.record({ kind: fc.constant("none"), reason: prose }) });

const common = (kind: CacheKind, engine: CacheEngine) =>
  fc.record(
    {
      name: baseName,
      network: fc.record({ vpcId, isolatedSubnetIds: subnetIds(2, 3) }),
      kind: fc.constant(kind),
      engine: fc.constant(engine),
      engineVersion: fc.constantFrom(
        ...(kind === "serverless" ? SERVERLESS_VERSIONS[engine] : NODE_VERSIONS[engine].map(({ version }) => version)),
      ),
      identifier: baseName,
      adapter: fc.constantFrom(...ADAPTERS_OF_KIND[kind]),
      allowedSecurityGroups: keyed(key, securityGroupId, 2),
      kmsKeyArn,
      snapshotRetentionDays: number(within(0, 35)),
      snapshotWindow: fc.constantFrom("17:00-18:00", "23:30-00:45"),
    },
    { requiredKeys: ["name", "network", "kind", "engine"] },
  );

const nodes = fc.record(
  {
    nodeType: text(fc.constantFrom("cache.t4g.micro", "cache.m7g.large")),
    replicas: within(1, 5),
    multiAz: fc.boolean(),
    port: number(within(1024, 65_535)),
    uncheckedParameters: keyed(fc.constant("list-max-listpack-size"), text(fc.constantFrom("-2", "128"))),
    parameters: keyed(fc.constantFrom("maxmemory-policy", "timeout"), text(fc.constantFrom("allkeys-lru", "0"))),
    maintenanceWindow: fc.constantFrom("sun:20:30-sun:21:30", "mon:01:00-mon:03:00"),
    skipFinalSnapshot: fc.boolean(),
    autoMinorVersionUpgrade: fc.boolean(),
    applyImmediately: fc.boolean(),
    notificationTopicArn: arn("sns", ""),
    logRetentionDays: retentionDays,
    logsKmsKeyArn: kmsKeyArn,
  },
  { requiredKeys: [] },
);
const serverless = fc.record(
  { maxStorageGiB: number(within(1, 5000)), maxEcpuPerSec: number(within(1000, 15_000_000)) },
  { requiredKeys: [] },
);

const props = fc
  .tuple(fc.constantFrom(...CACHE_KINDS), fc.constantFrom(...CACHE_ENGINES))
  .chain(([kind, engine]) =>
    fc.tuple(
      common(kind, engine),
      fc.oneof(byUsers, open),
      kind === "serverless" ? serverless : nodes,
      kind === "cluster" ? fc.record({ shards: within(1, 15) }) : fc.constant({}),
    ),
  )
  .map(([first, second, third, fourth]) => ({ ...first, ...second, ...third, ...fourth }));

interface Data {
  readonly props: CacheProps;
  readonly clients: readonly (readonly [client: string, securityGroupId: string])[];
}

export const cache: Target = {
  name: "cache",
  data: fc.record({
    props: spoiled(props),
    clients: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      {
        weight: 1,
        arbitrary: fc.array(fc.tuple(fc.oneof(key, hostile), fc.oneof(securityGroupId, hostile)), { maxLength: 2 }),
      },
    ),
  }),
  build: (stack, id, { props, clients }: Data) => {
    const made = new Cache(stack, id, props);
    for (const [client, group] of clients) made.allowFrom(client, group);
    made.connectionUrl();
  },
};
