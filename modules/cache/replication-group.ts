import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { ElasticacheParameterGroup } from "@cdktf/provider-aws/lib/elasticache-parameter-group";
import { ElasticacheReplicationGroup } from "@cdktf/provider-aws/lib/elasticache-replication-group";
import { ElasticacheSubnetGroup } from "@cdktf/provider-aws/lib/elasticache-subnet-group";
import { Fn, type Postcondition, TerraformSelf, Token } from "cdktf";
import { type Construct } from "constructs";
import { atLeastTwoSubnets, lifecycleWithPreconditions } from "../core/apply-time";
import { physicalName } from "../core/names";
import { escapeTemplate } from "../core/tokens";
import { type CompleteNodeProps, DEFAULT_PARAMETERS } from "./defaults";
import { DEFAULT_NODE_VERSION, NODE_VERSIONS } from "./engine-versions";
import { type CommonSettings } from "./common-settings";

const LOG_TYPES = ["slow-log", "engine-log"] as const;

/** Creates a primary with replicas, or in cluster mode a primary with replicas for each shard. */
export function createReplicationGroup(
  scope: Construct,
  props: CompleteNodeProps,
  settings: CommonSettings,
): ElasticacheReplicationGroup {
  const version = props.engineVersion ?? DEFAULT_NODE_VERSION[props.engine];
  return new ElasticacheReplicationGroup(scope, "replication-group", {
    replicationGroupId: settings.identifier,
    description: settings.description,
    engine: props.engine,
    engineVersion: version,
    nodeType: props.nodeType,
    ...topology(props),
    port: props.port,
    parameterGroupName: createParameterGroup(scope, props, version).name,
    subnetGroupName: createSubnetGroup(scope, props).name,
    securityGroupIds: [settings.securityGroupId],
    transitEncryptionEnabled: true,
    transitEncryptionMode: "required",
    atRestEncryptionEnabled: "true",
    kmsKeyId: props.kmsKeyArn,
    userGroupIds: settings.userGroupId ? [settings.userGroupId] : undefined,
    snapshotRetentionLimit: props.snapshotRetentionDays,
    snapshotWindow: props.snapshotWindow,
    finalSnapshotIdentifier: props.skipFinalSnapshot
      ? undefined
      : physicalName([settings.identifier, "final"], { maxLength: 255 }),
    maintenanceWindow: props.maintenanceWindow,
    autoMinorVersionUpgrade: String(props.autoMinorVersionUpgrade),
    applyImmediately: props.applyImmediately,
    notificationTopicArn: props.notificationTopicArn,
    logDeliveryConfiguration: createLogGroups(scope, props, settings).map(({ logType, group }) => ({
      logType,
      logFormat: "json",
      destinationType: "cloudwatch-logs",
      destination: group.name,
    })),
    tags: { Name: settings.identifier },
    lifecycle: { postcondition: noPendingUpgrade(props, version) },
  });
}

/**
 * Fails the plan of a major version that AWS would install in the maintenance window: until then the nodes use the old parameter group, which
 * Terraform destroys next and AWS refuses to delete (InvalidCacheParameterGroupState). At plan, `self` has the version that runs.
 * Source: ElastiCache API reference, ModifyReplicationGroup, ApplyImmediately.
 */
function noPendingUpgrade({ engine, applyImmediately }: CompleteNodeProps, version: string): Postcondition[] {
  if (applyImmediately) return [];
  const running = TerraformSelf.getString("engine_version_actual");
  return [
    {
      condition: Token.asString(Fn.startswith(running, `${sharedPrefix(engine, version)}.`)),
      errorMessage:
        `engineVersion: the cache runs ${running}, and ${engine} ${version} has another parameter group. Set applyImmediately to true in the ` +
        "same change, and remove it afterwards: an upgrade that waits for the maintenance window keeps the old group in use.",
    },
  ];
}

/** Returns what the versions with the same parameter group begin with. Valkey begins at 7.2, and Redis OSS ends at 7.1. */
function sharedPrefix(engine: string, version: string): string {
  const major = version.split(".")[0]!;
  return engine === "valkey" && major === "7" ? "7.2" : major;
}

/** Cluster mode always has automatic failover; a group without shards has it if there is a replica. */
function topology({ kind, replicas, shards, multiAz }: CompleteNodeProps) {
  const multiAzEnabled = multiAz ?? replicas > 0;
  return kind === "cluster"
    ? {
        clusterMode: "enabled",
        numNodeGroups: shards,
        replicasPerNodeGroup: replicas,
        automaticFailoverEnabled: true,
        multiAzEnabled,
      }
    : { numCacheClusters: replicas + 1, automaticFailoverEnabled: replicas > 0, multiAzEnabled };
}

/** Creates a group named after its family and before the old one is destroyed, so that it exists when the major version changes. */
function createParameterGroup(scope: Construct, props: CompleteNodeProps, version: string): ElasticacheParameterGroup {
  const { family } = NODE_VERSIONS[props.engine].find((entry) => entry.version === version)!;
  const cluster = props.kind === "cluster";
  const suffix = cluster ? [family, "cluster"] : [family];
  const name = physicalName([props.name, "cache", ...suffix], { maxLength: 255 });
  const values = {
    ...DEFAULT_PARAMETERS,
    ...props.parameters,
    ...props.uncheckedParameters,
    ...(cluster ? { "cluster-enabled": "yes" } : {}),
  };
  return new ElasticacheParameterGroup(scope, "parameter-group", {
    name,
    family,
    description: `Fan-out and short-lived data, family ${family}`,
    parameter: Object.entries(values).map(([key, value]) => ({ name: key, value: escapeTemplate(value) })),
    tags: { Name: name },
    lifecycle: { createBeforeDestroy: true },
  });
}

function createSubnetGroup(scope: Construct, props: CompleteNodeProps): ElasticacheSubnetGroup {
  const name = physicalName([props.name, "cache"], { maxLength: 255 });
  return new ElasticacheSubnetGroup(scope, "subnet-group", {
    name,
    description: "Isolated subnets of the cache",
    subnetIds: [...props.network.isolatedSubnetIds],
    lifecycle: lifecycleWithPreconditions(
      atLeastTwoSubnets("network.isolatedSubnetIds", props.network.isolatedSubnetIds),
    ),
    tags: { Name: name },
  });
}

/** Log groups under `/aws/vendedlogs/` need no entry of their own in the account's CloudWatch Logs resource policy. */
export function logGroupName(identifier: string, logType: (typeof LOG_TYPES)[number]): string {
  return `/aws/vendedlogs/elasticache/${identifier}/${logType}`;
}

function createLogGroups(scope: Construct, props: CompleteNodeProps, settings: CommonSettings) {
  return LOG_TYPES.map((logType) => ({
    logType,
    group: new CloudwatchLogGroup(scope, `${logType}-group`, {
      name: logGroupName(settings.identifier, logType),
      retentionInDays: props.logRetentionDays,
      kmsKeyId: props.logsKmsKeyArn,
    }),
  }));
}

/** Returns the ids of the nodes, the dimension of their metrics, derived from the group's id: literals, as alarm names need them. */
export function nodeIdsOf(group: ElasticacheReplicationGroup, { kind, replicas, shards }: CompleteNodeProps): string[] {
  const nodes = Array.from({ length: replicas + 1 }, (_, index) => String(index + 1).padStart(3, "0"));
  const id = group.replicationGroupIdInput!;
  if (kind !== "cluster") return nodes.map((node) => `${id}-${node}`);
  const shardIds = Array.from({ length: shards }, (_, index) => String(index + 1).padStart(4, "0"));
  return shardIds.flatMap((shard) => nodes.map((node) => `${id}-${shard}-${node}`));
}
