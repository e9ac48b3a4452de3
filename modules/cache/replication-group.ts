import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { ElasticacheParameterGroup } from "@cdktf/provider-aws/lib/elasticache-parameter-group";
import { ElasticacheReplicationGroup } from "@cdktf/provider-aws/lib/elasticache-replication-group";
import { ElasticacheSubnetGroup } from "@cdktf/provider-aws/lib/elasticache-subnet-group";
import { type Construct } from "constructs";
import { atLeastTwoSubnets, lifecycleWithPreconditions } from "../core/apply-time";
import { physicalName } from "../core/names";
import { escapeTemplate } from "../core/tokens";
import { type CompleteNodeProps } from "./props";
import { DEFAULT_PARAMETERS } from "./defaults";
import { DEFAULT_NODE_VERSION, NODE_VERSIONS } from "./engine-versions";
import { type CommonSettings } from "./common-settings";

const LOG_TYPES = ["slow-log", "engine-log"] as const;

/** A primary with replicas, or, in cluster mode, one such set for each shard. */
export function createReplicationGroup(
  scope: Construct,
  props: CompleteNodeProps,
  parts: CommonSettings,
): ElasticacheReplicationGroup {
  const version = props.engineVersion ?? DEFAULT_NODE_VERSION[props.engine];
  return new ElasticacheReplicationGroup(scope, "replication-group", {
    replicationGroupId: parts.identifier,
    description: parts.description,
    engine: props.engine,
    engineVersion: version,
    nodeType: props.nodeType,
    ...topology(props),
    port: props.port,
    parameterGroupName: createParameterGroup(scope, props, version).name,
    subnetGroupName: createSubnetGroup(scope, props).name,
    securityGroupIds: [parts.securityGroupId],
    transitEncryptionEnabled: true,
    transitEncryptionMode: "required",
    atRestEncryptionEnabled: "true",
    kmsKeyId: props.kmsKeyArn,
    userGroupIds: parts.userGroupId ? [parts.userGroupId] : undefined,
    snapshotRetentionLimit: props.snapshotRetentionDays,
    snapshotWindow: props.snapshotWindow,
    finalSnapshotIdentifier: props.skipFinalSnapshot
      ? undefined
      : physicalName([parts.identifier, "final"], { maxLength: 255 }),
    maintenanceWindow: props.maintenanceWindow,
    autoMinorVersionUpgrade: String(props.autoMinorVersionUpgrade),
    applyImmediately: props.applyImmediately,
    notificationTopicArn: props.notificationTopicArn,
    logDeliveryConfiguration: createLogGroups(scope, props, parts).map(({ logType, group }) => ({
      logType,
      logFormat: "json",
      destinationType: "cloudwatch-logs",
      destination: group.name,
    })),
    tags: { Name: parts.identifier },
  });
}

/** Cluster mode fails over always; a plain group as soon as there is a replica to fail over to. */
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

/** Named after its family and made before the old one goes, so that a new major version finds its group. */
function createParameterGroup(scope: Construct, props: CompleteNodeProps, version: string): ElasticacheParameterGroup {
  const { family } = NODE_VERSIONS[props.engine].find((entry) => entry.version === version)!;
  const cluster = props.kind === "cluster";
  const suffix = cluster ? [family, "cluster"] : [family];
  const name = physicalName([props.name, "cache", ...suffix], { maxLength: 255 });
  const values = {
    ...DEFAULT_PARAMETERS,
    ...props.parameters,
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

/** The prefix spares the account's resource policy for logs, which AWS would have to lengthen for every other name. */
function createLogGroups(scope: Construct, props: CompleteNodeProps, parts: CommonSettings) {
  return LOG_TYPES.map((logType) => ({
    logType,
    group: new CloudwatchLogGroup(scope, `${logType}-group`, {
      name: `/aws/vendedlogs/elasticache/${parts.identifier}/${logType}`,
      retentionInDays: props.logRetentionDays,
      kmsKeyId: props.logsKmsKeyArn,
    }),
  }));
}

/** Ids of the nodes, which ElastiCache makes of the group's: what its metrics are kept by. Literals, as alarm names need them. */
export function nodeIdsOf(group: ElasticacheReplicationGroup, { kind, replicas, shards }: CompleteNodeProps): string[] {
  const nodes = Array.from({ length: replicas + 1 }, (_, index) => String(index + 1).padStart(3, "0"));
  const id = group.replicationGroupIdInput!;
  if (kind !== "cluster") return nodes.map((node) => `${id}-${node}`);
  const shardIds = Array.from({ length: shards }, (_, index) => String(index + 1).padStart(4, "0"));
  return shardIds.flatMap((shard) => nodes.map((node) => `${id}-${shard}-${node}`));
}
