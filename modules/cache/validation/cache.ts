import { ARN_TYPES } from "../../core/arn-types";
import { type Checks, formatValue } from "../../core/checks";
import { checkAllowedSecurityGroups } from "../../core/restricted-security-group";
import { type WithDefaults } from "../../core/props";
import { isUnresolved } from "../../core/tokens";
import { checkVpc } from "../../core/vpc";
import {
  checkDailyWindow,
  checkWeeklyWindow,
  parseDailyWindow,
  parseWeeklyWindow,
  windowsOverlap,
} from "../../core/windows";
import { SECURITY_GROUP_PREFIXES } from "../../core/reserved-prefixes";
import { ADAPTERS_OF_KIND, kindsSupporting, SOCKET_IO_ADAPTERS } from "../adapters";
import { CACHE_KINDS } from "../cache-kinds";
import { clusterDefaults, type CompleteCacheProps, nodeDefaults } from "../defaults";
import { CACHE_ENGINES, NODE_VERSIONS, SERVERLESS_VERSIONS } from "../engine-versions";
import { describeUnknownNodeType, isNodeType, replacementFamily } from "../node-types";
import { CLUSTER_PROPS, NODE_PROPS, SERVERLESS_PROPS } from "../props";
import { checkAuthentication } from "./authentication";
import { checkParameters } from "./parameters";

const WINDOW_MIN_MINUTES = 60;
/** AWS's default quota of nodes per cluster. Source: ElastiCache user guide, "Quotas". */
const MAX_NODES = 90;

/** @throws ConfigurationError with every problem of the props */
export function validateCache(checks: Checks, props: CompleteCacheProps): void {
  checks.baseName("name", props.name, SECURITY_GROUP_PREFIXES);
  checkIdentifier(checks, props.identifier);
  checkAllowedSecurityGroups(checks, "allowedSecurityGroups", props.allowedSecurityGroups);
  checks.arn("kmsKeyArn", props.kmsKeyArn, ARN_TYPES.kmsKey, "Pass the ARN of a KMS key, not its id or alias.");
  checks.integer(
    "snapshotRetentionDays",
    props.snapshotRetentionDays,
    { min: 0, max: 35, unit: "days" },
    "0 disables snapshots.",
  );
  checkDailyWindow(checks, "snapshotWindow", props.snapshotWindow, WINDOW_MIN_MINUTES);
  checkAuthentication(checks, props);
  if (checkKindAndEngine(checks, props)) {
    checkNetwork(checks, props);
    checkVersion(checks, props);
    checkAdapter(checks, props);
    checkPropsOfOtherKinds(checks, props);
    warnOfAdapterNames(checks, props);
    if (props.kind === "serverless") checkServerless(checks, props);
    else checkNodes(checks, props);
  }
  checks.throwIfInvalid();
}

/** Checks kind and engine, which must be literals. When one is wrong, nothing that depends on it is checked. */
function checkKindAndEngine(checks: Checks, { kind, engine }: CompleteCacheProps): boolean {
  const remedy = "It decides what is synthesized, so it must be a literal.";
  const known = { kind: CACHE_KINDS.includes(kind), engine: CACHE_ENGINES.includes(engine) };
  checks.require(known.kind, {
    code: isUnresolved(kind) ? "core/literal-required" : "core/not-one-of",
    prop: "kind",
    expected: `one of ${CACHE_KINDS.join(", ")}`,
    got: formatValue(kind),
    remedy,
  });
  checks.require(known.engine, {
    code: isUnresolved(engine) ? "core/literal-required" : "core/not-one-of",
    prop: "engine",
    expected: `one of ${CACHE_ENGINES.join(", ")}`,
    got: formatValue(engine),
    remedy,
  });
  return known.kind && known.engine;
}

function checkNetwork(checks: Checks, { network, kind }: CompleteCacheProps): void {
  if (!checks.required("network", network, "Pass a Network, or the result of existingNetwork().")) return;
  checkVpc(checks, network.vpcId);
  const remedy = "A replica in another zone keeps the data when a zone fails.";
  const max = kind === "serverless" ? 3 : 20;
  checks.subnets("network.isolatedSubnetIds", network.isolatedSubnetIds, { min: 2, max }, remedy);
}

function checkIdentifier(checks: Checks, identifier: string | undefined): void {
  if (identifier === undefined) return;
  // A literal, because the names of log groups and of the final snapshot contain it.
  const fits = typeof identifier === "string" && /^[a-z](-?[a-z0-9])*$/.test(identifier) && identifier.length <= 40;
  checks.require(fits, {
    code: "cache/identifier",
    prop: "identifier",
    expected: "a literal of at most 40 lower-case letters, digits and single hyphens, beginning with a letter",
    got: formatValue(identifier),
    remedy: "Omit it to derive the identifier from the name.",
  });
}

function checkVersion(checks: Checks, { kind, engine, engineVersion }: CompleteCacheProps): void {
  if (engineVersion === undefined) return;
  const serverless = kind === "serverless";
  const known = serverless ? SERVERLESS_VERSIONS[engine] : NODE_VERSIONS[engine].map(({ version }) => version);
  checks.require(!isUnresolved(engineVersion) && known.includes(engineVersion), {
    code: "cache/engine-version",
    prop: "engineVersion",
    expected: `a literal, one of ${known.join(", ")} with ${engine}`,
    got: formatValue(engineVersion),
    remedy: serverless
      ? "AWS chooses the minor version of a serverless cache."
      : "Older versions are outdated and have no IAM authentication; AWS chooses the patch version.",
  });
}

function checkAdapter(checks: Checks, { kind, adapter }: CompleteCacheProps): void {
  if (adapter === undefined) return;
  const fits = ADAPTERS_OF_KIND[kind];
  const known = SOCKET_IO_ADAPTERS.includes(adapter);
  checks.require(fits.includes(adapter), {
    code: "cache/adapter",
    prop: "adapter",
    expected: `${fits.join(" or ")} with kind ${kind}`,
    got: formatValue(adapter),
    remedy: known
      ? `Use kind ${kindsSupporting(adapter).join(" or ")} for ${adapter}; the README gives the reason.`
      : "Only these Socket.IO adapters use Redis.",
  });
}

/** Name of the adapters' channels, and of the stream of `redis-streams`, unless the app sets another. */
const ADAPTER_NAME = "socket.io";

/** Warns where the user may not use what its adapter uses by default: AWS accepts it, and the app gets NOPERM when it connects. */
function warnOfAdapterNames(checks: Checks, props: CompleteCacheProps): void {
  const streams = props.adapter === "redis-streams";
  const prop = streams ? "keyPrefixes" : "channelPrefixes";
  const prefixes = props[prop];
  if (!Array.isArray(prefixes) || isUnresolved(prefixes) || prefixes.some((prefix) => isUnresolved(prefix))) return;
  if (prefixes.some((prefix) => ADAPTER_NAME.startsWith(String(prefix)))) return;
  const what = streams ? "stream (streamName)" : "channels (key)";
  checks.warn(
    `${prop}: none of ${prefixes.join(", ")} covers ${ADAPTER_NAME}, the name of the adapter's ${what} unless the app sets another. Add it, or the user may not use it.`,
  );
}

function checkPropsOfOtherKinds(checks: Checks, props: CompleteCacheProps): void {
  const foreign =
    props.kind === "serverless"
      ? [...NODE_PROPS, ...CLUSTER_PROPS]
      : [...SERVERLESS_PROPS, ...(props.kind === "cluster" ? [] : CLUSTER_PROPS)];
  for (const prop of foreign) {
    checks.require(props[prop] === undefined, {
      code: "cache/prop-of-other-kind",
      prop,
      expected: `nothing with kind ${props.kind}`,
      got: formatValue(props[prop]),
      remedy: "See the README for the props of each kind.",
    });
  }
}

function checkServerless(checks: Checks, { maxStorageGiB, maxEcpuPerSec }: CompleteCacheProps): void {
  checks.integer(
    "maxStorageGiB",
    maxStorageGiB,
    { min: 1, max: 5_000, unit: "GiB" },
    "It limits the bill: AWS bills the stored data.",
  );
  checks.integer(
    "maxEcpuPerSec",
    maxEcpuPerSec,
    { min: 1_000, max: 15_000_000, unit: "ECPU a second" },
    "It limits the bill: AWS bills the ECPUs that are used.",
  );
}

function checkNodes(checks: Checks, props: CompleteCacheProps): void {
  checkNodeType(checks, props);
  checkTopology(checks, props);
  for (const prop of ["skipFinalSnapshot", "autoMinorVersionUpgrade", "applyImmediately"] as const) {
    checks.literalBoolean(prop, props[prop]);
  }
  checks.integer("port", props.port, { min: 1024, max: 65535 }, "The default port of Redis is 6379.");
  checkWeeklyWindow(checks, "maintenanceWindow", props.maintenanceWindow, WINDOW_MIN_MINUTES);
  checkOverlap(checks, { ...nodeDefaults, ...props });
  const topic = "The README says what ElastiCache needs of a topic.";
  checks.arn("notificationTopicArn", props.notificationTopicArn, ARN_TYPES.cacheTopic, topic);
  checks.arn("logsKmsKeyArn", props.logsKmsKeyArn, ARN_TYPES.kmsKey, "Pass the ARN of a KMS key, not its id or alias.");
  checkParameters(checks, props);
}

/** Source: ElastiCache API reference, CreateReplicationGroup, SnapshotWindow. */
function checkOverlap(checks: Checks, props: WithDefaults<CompleteCacheProps, typeof nodeDefaults>): void {
  const { snapshotRetentionDays, snapshotWindow, maintenanceWindow } = props;
  if (snapshotRetentionDays === 0) return;
  const snapshot = isUnresolved(snapshotWindow) ? undefined : parseDailyWindow(snapshotWindow);
  const maintenance = isUnresolved(maintenanceWindow) ? undefined : parseWeeklyWindow(maintenanceWindow);
  checks.require(!snapshot || !maintenance || !windowsOverlap(snapshot, maintenance), {
    code: "cache/windows-overlap",
    prop: "maintenanceWindow",
    expected: `a window that does not overlap snapshotWindow (${snapshotWindow})`,
    got: formatValue(maintenanceWindow),
    remedy: "Move one of the two: ElastiCache refuses windows that overlap.",
  });
}

function checkNodeType(checks: Checks, { nodeType, engine }: CompleteCacheProps): void {
  if (nodeType === undefined || isUnresolved(nodeType)) return;
  const exists = typeof nodeType === "string" && isNodeType(nodeType);
  checks.require(exists, {
    code: "cache/node-type",
    prop: "nodeType",
    expected: "a node type, such as cache.t4g.micro or cache.m7g.large",
    got: formatValue(nodeType),
    remedy: "Names begin with cache., and only burstable families have micro, small and medium.",
  });
  const replacement = exists ? replacementFamily(nodeType) : undefined;
  checks.require(replacement === undefined, {
    code: "cache/refused-node-family",
    prop: "nodeType",
    expected: "a current node family that keeps its data in memory",
    got: formatValue(nodeType),
    remedy: `Use cache.${replacement} instead.`,
  });
  const unknown = exists && replacement === undefined ? describeUnknownNodeType(nodeType, engine) : undefined;
  checks.require(unknown === undefined, {
    code: "cache/node-type",
    prop: "nodeType",
    expected: `a node type that exists for ${engine}`,
    got: formatValue(nodeType),
    remedy: String(unknown),
  });
}

function checkTopology(checks: Checks, { kind, replicas, shards, multiAz }: CompleteCacheProps): void {
  for (const [prop, value] of Object.entries({ replicas, shards })) {
    checks.require(!isUnresolved(value), {
      code: "core/literal-required",
      prop,
      expected: "a literal",
      got: formatValue(value),
      remedy: "It decides what is synthesized, so it must be known at synth.",
    });
  }
  checks.literalBoolean("multiAz", multiAz);
  checks.integer("replicas", replicas, { min: 0, max: 5 }, "A primary has at most 5 replicas.");
  if (kind === "cluster") {
    checks.integer("shards", shards, { min: 1, max: MAX_NODES }, "AWS's default quota is 90 nodes per cluster.");
    checkNodeCount(checks, shards ?? clusterDefaults.shards, replicas ?? nodeDefaults.replicas);
  }
  checks.require(!(multiAz === true && replicas === 0), {
    code: "cache/multi-az-without-replica",
    prop: "multiAz",
    expected: "nothing or false without a replica",
    got: formatValue(multiAz),
    remedy: "Failover needs a replica: set replicas to 1 or more.",
  });
}

/** Each shard has a primary and its replicas, and all of them count. */
function checkNodeCount(checks: Checks, shards: number, replicas: number): void {
  if (isUnresolved(shards) || isUnresolved(replicas)) return;
  const nodes = shards * (1 + replicas);
  checks.require(!(nodes > MAX_NODES) || shards > MAX_NODES, {
    code: "cache/node-count",
    prop: "shards",
    expected: `at most ${MAX_NODES} nodes, primaries and replicas together`,
    got: `${shards} shards of ${1 + replicas} nodes, ${nodes} in all`,
    remedy: "That is AWS's default quota of nodes per cluster: use fewer shards or replicas, or a larger nodeType.",
  });
}
