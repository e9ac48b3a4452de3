import * as fc from "fast-check";
import { type Environment } from "../../../environments/schema";
import { PROFILE_NAMES } from "../../../environments/profiles";
import { PROFILE_FIELDS } from "../../../environments/apply-profile";
import { EGRESS_KINDS } from "../../../modules/network/egress";
import { spoiled } from "./spoil";
import { accountId, retentionDays, some, within } from "./values";

const REGION = "ap-northeast-1";

const entrance = fc.oneof(
  fc.record({
    kind: fc.constant("https"),
    domainName: fc.constantFrom("crm.example.com", "xn--eckwd4c7c.example.jp"),
    certificateArn: fc.constant(`arn:aws:acm:${REGION}:123456789012:certificate/1`),
  }),
  fc.record(
    {
      kind: fc.constantFrom("route53", "cloudfront"),
      domainName: fc.constantFrom("crm.example.com", "example.com."),
      zoneName: fc.constantFrom("example.com", "example.com."),
      zoneId: fc.constant("Z0123456789ABCDEFGHIJ"),
      delegated: fc.constant(true),
      originAccess: fc.constantFrom("vpc-origin", "secret-header", undefined, undefined),
    },
    { requiredKeys: ["kind", "domainName", "zoneName"] },
  ),
  fc.constant({ kind: "insecure-http" }),
);

const instance = fc.record({
  instanceClass: fc.constantFrom("db.t4g.micro", "db.m7g.large"),
  allocatedStorageGiB: within(20, 100),
  maxAllocatedStorageGiB: within(110, 1000),
  multiAz: fc.boolean(),
  readReplicaCount: within(0, 2),
  backupRetentionDays: within(1, 35),
});
const aurora = fc.record({
  engine: fc.constant("aurora-postgresql"),
  minCapacityAcu: fc.constantFrom(0, 0.5, 2),
  maxCapacityAcu: within(4, 256),
  instanceCount: within(1, 4),
  backupRetentionDays: within(1, 35),
});

const nodes = { nodeType: fc.constantFrom("cache.t4g.micro", "cache.m7g.large"), replicas: within(0, 5) };
const shard = fc.record(nodes);
const shards = fc.record({ ...nodes, kind: fc.constant("cluster"), shards: within(1, 5) });

const development = fc.record({
  name: fc.stringMatching(/^[a-z][a-z0-9]{1,11}$/),
  tier: fc.constant("development"),
  accountId,
  region: fc.constant(REGION),
  availabilityZones: some(fc.constantFrom("a", "c", "d"), 2, 3).map((letters) =>
    letters.map((letter) => REGION + letter),
  ),
  cidrBlock: fc.nat({ max: 255 }).map((second) => `10.${second}.0.0/16`),
  state: fc.record({ bucket: fc.constantFrom("messenger-crm-terraform-state", "a.b-c") }),
  release: fc.constantFrom("0.1.0", "v1"),
  entrance,
  disposable: fc.boolean(),
  customerManagedKey: fc.boolean(),
  logRetentionDays: retentionDays,
  egress: fc.constantFrom(...EGRESS_KINDS),
  ipv6: fc.boolean(),
  database: fc.oneof(instance, aurora),
  cache: fc.oneof(shard, shards),
  service: fc.record({
    cpu: fc.constant(1024),
    memoryMiB: fc.constantFrom(2048, 4096),
    minCount: within(1, 2),
    maxCount: within(3, 20),
    connectionsPerTask: within(1, 10_000),
    spot: fc.boolean(),
  }),
  alarms: fc.record({
    emails: some(fc.constantFrom("oncall@example.com", "ops+crm@example.com", "OPS@example.com"), 1, 2),
    runbookUrl: fc.option(fc.constant("https://example.com/runbooks/alarms.md"), { nil: undefined }),
  }),
});

const production = fc
  .tuple(
    development,
    entrance.filter(({ kind }) => kind !== "insecure-http"),
  )
  .map(([base, safe]) => ({
    ...base,
    tier: "production",
    entrance: safe,
    disposable: false,
    database:
      "engine" in base.database
        ? { ...base.database, instanceCount: 1 + base.database.instanceCount }
        : { ...base.database, multiAz: true },
    cache: { ...base.cache, replicas: 1 },
    service: { ...base.service, minCount: 2 },
  }));

/** Generates a profile with some of its fields overridden, completely or partly. */
const sized = fc
  .tuple(development, fc.constantFrom(...PROFILE_NAMES), fc.subarray(PROFILE_FIELDS))
  .map(([base, profile, left]) => ({
    ...Object.fromEntries(Object.entries(base).filter(([field]) => !left.some((name) => name === field))),
    profile,
  }));

/** Generates environments of both tiers, as an environment file may contain them. */
export const environment = spoiled(fc.oneof(development, production, sized)) as fc.Arbitrary<Environment>;
