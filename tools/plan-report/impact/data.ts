import { type PlannedChange } from "../changes/planned-change";
import { number, text, type Values } from "../../terraform/values";
import { goes, type Interruption, type Judge, type Seconds } from "./interruption";

const RDS_SETTINGS = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ModifyInstance.Settings.html";
const AURORA_SETTINGS =
  "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Modifying.html#Aurora.Modifying.Settings";
const FAILOVER = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.Failover.html";
const CACHE = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/BestPractices.MinimizeDowntime.html";

/** A failover to a standby. Source: RDS user guide, "typically 60–120 seconds". */
const FAILOVER_SEC: Seconds = { atLeast: 60, atMost: 120 };

const SENDING_FAILS = "Connections stay open; sending fails with an error that clients repeat.";
const NO_FAN_OUT =
  "Connections stay open; messages reach sockets on the sender's task at once, and those on others when they catch up.";

/** Attributes of an instance that take it offline. Source: RDS user guide, settings for DB instances. */
const TAKES_OFFLINE = [
  "engine_version",
  "instance_class",
  "storage_type",
  "identifier",
  "ca_cert_identifier",
  "network_type",
];

const dbInstance: Judge = (change) => {
  if (goes(change)) return withoutDatabase(change);
  if (change.kind !== "update") return undefined;
  const { changed, before, after } = change;
  if (changed.has("port") && "port" in after) return restart("its port changes", after, undefined);
  const offline = TAKES_OFFLINE.filter((attribute) => changed.has(attribute) && attribute in after);
  if (turnsBackupsOnOrOff(before, after)) offline.push("backup_retention_period");
  if (offline.length === 0) return undefined;
  const isMajor = offline.includes("engine_version") && major(before) !== major(after);
  return restart(`${list(offline)} ${offline.length === 1 ? "changes" : "change"}`, after, isMajor);
};

function restart(because: string, after: Values, isMajor: boolean | undefined): Interruption {
  const isFailover = after["multi_az"] === true && isMajor !== true;
  const ends = isFailover ? "it fails over to its standby" : "it is offline for minutes";
  return {
    effect: "degraded",
    what: `The database restarts because ${because}: ${ends}. ${SENDING_FAILS}`,
    seconds: isFailover ? FAILOVER_SEC : undefined,
    when: because.includes("port") ? undefined : window(after, "maintenance_window"),
    source: isFailover ? FAILOVER : RDS_SETTINGS,
  };
}

/** The first part of a version: PostgreSQL 16.4 and 16.9 have one. */
function major(values: Values): string | undefined {
  return text(values, "engine_version")?.split(".")[0];
}

function turnsBackupsOnOrOff(before: Values, after: Values): boolean {
  const [was, is] = [number(before, "backup_retention_period"), number(after, "backup_retention_period")];
  return was !== undefined && is !== undefined && (was === 0) !== (is === 0);
}

const dbCluster: Judge = (change) => {
  if (goes(change)) return withoutDatabase(change);
  const offline = ["engine_version", "port"].filter(
    (attribute) => change.changed.has(attribute) && attribute in change.after,
  );
  if (change.kind !== "update" || offline.length === 0) return undefined;
  return {
    effect: "degraded",
    what: `All instances of the cluster restart because ${list(offline)} changes: it is offline for some minutes. ${SENDING_FAILS}`,
    when: offline.includes("port") ? undefined : window(change.after, "preferred_maintenance_window"),
    source: AURORA_SETTINGS,
  };
};

const clusterInstance: Judge = (change) => {
  const resized = change.kind === "update" && change.changed.has("instance_class");
  if (!resized && !goes(change)) return undefined;
  return {
    effect: "degraded",
    what: `If the instance is the cluster's writer, it fails over to a reader, or is offline for minutes without one. ${SENDING_FAILS}`,
    seconds: FAILOVER_SEC,
    when: resized ? window(change.after, "preferred_maintenance_window") : undefined,
    source: AURORA_SETTINGS,
  };
};

function withoutDatabase({ kind }: PlannedChange): Interruption {
  const until =
    kind === "destroy"
      ? "There is no database."
      : "There is no database until the new one is available, and it is empty.";
  return { effect: "outage", what: `${until} The app cannot store or read messages; sign-in fails.` };
}

const dbProxy: Judge = (change) => {
  if (!goes(change)) return undefined;
  return { effect: "degraded", what: `The proxy goes, and a new one takes minutes. ${SENDING_FAILS}` };
};

/** Attributes that restart nodes or make them fail over. Source: ElastiCache user guide, minimizing downtime. */
const RESTARTS_NODES = [
  "engine",
  "engine_version",
  "node_type",
  "transit_encryption_mode",
  "num_node_groups",
  "replicas_per_node_group",
];

const replicationGroup: Judge = (change) => {
  if (goes(change)) return withoutCache(change);
  const attributes = RESTARTS_NODES.filter((attribute) => change.changed.has(attribute) && attribute in change.after);
  if (change.kind !== "update" || attributes.length === 0) return undefined;
  const failsOver = change.after["automatic_failover_enabled"] === true;
  return {
    effect: "degraded",
    what: `Cache nodes are replaced because ${list(attributes)} changes; ${failsOver ? "each primary fails over, which takes seconds" : "without a replica to fail over to, the cache is offline for minutes"}. ${NO_FAN_OUT}`,
    when: window(change.after, "maintenance_window"),
    source: CACHE,
  };
};

function withoutCache({ kind }: PlannedChange): Interruption {
  const until =
    kind === "destroy"
      ? "There is no cache."
      : "There is no cache until the new one is available, which takes minutes.";
  return { effect: "degraded", what: `${until} ${NO_FAN_OUT}`, source: CACHE };
}

const cacheGone: Judge = (change) => (goes(change) ? withoutCache(change) : undefined);

/** Returns when a change happens that is not applied at once. */
function window(after: Values, attribute: string): string | undefined {
  if (after["apply_immediately"] === true) return undefined;
  const named = text(after, attribute);
  return `in the maintenance window${named === undefined ? "" : ` ${named} (UTC)`}`;
}

function list(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

export const DATA_JUDGES: Readonly<Record<string, Judge>> = {
  aws_db_instance: dbInstance,
  aws_rds_cluster: dbCluster,
  aws_rds_cluster_instance: clusterInstance,
  aws_db_proxy: dbProxy,
  aws_elasticache_replication_group: replicationGroup,
  aws_elasticache_cluster: cacheGone,
  aws_elasticache_serverless_cache: cacheGone,
  aws_memorydb_cluster: cacheGone,
};
