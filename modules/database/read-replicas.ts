import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { type Construct } from "constructs";
import { physicalName } from "../core/names";
import { whenChanged } from "../core/replacement";
import { type CommonSettings } from "./common-settings";
import { type CompleteInstanceProps } from "./defaults";
import { createLogGroups } from "./log-groups";
import { storageLimitGiB } from "./storage-limit";

/** Settings of the source, with `performanceInsights` for the replicas' own class. */
export interface ReplicaSettings extends CommonSettings {
  readonly source: DbInstance;
  readonly instanceClass: string;
}

/**
 * Creates the read replicas of an RDS instance, in its region. Subnets, storage key and engine version come from the source, and RDS
 * does not accept them again. Only the source has backups, and AWS refuses a final snapshot of a replica.
 */
export function createReadReplicas(
  scope: Construct,
  props: CompleteInstanceProps,
  settings: ReplicaSettings,
): DbInstance[] {
  return Array.from({ length: props.readReplicaCount }, (_, index) => createReadReplica(scope, props, settings, index));
}

function createReadReplica(
  scope: Construct,
  props: CompleteInstanceProps,
  settings: ReplicaSettings,
  index: number,
): DbInstance {
  const id = `replica-${index + 1}`;
  const identifier = physicalName([settings.identifier, id], { maxLength: 63 });
  const zones = props.readReplicaZones ?? [];
  const { logExports } = settings;
  const logGroups = createLogGroups(scope, props, { identifier, logExports, isCluster: false, idPrefix: `${id}-` });
  return new DbInstance(scope, id, {
    identifier,
    replicateSourceDb: settings.source.identifier,
    instanceClass: settings.instanceClass,
    availabilityZone: zones.length > 0 ? zones[index % zones.length] : undefined,
    multiAz: false,
    iamDatabaseAuthenticationEnabled: true,
    storageEncrypted: true,
    storageType: props.storageType,
    iops: props.iops,
    storageThroughput: props.throughputMiBps,
    maxAllocatedStorage: storageLimitGiB(props),
    port: settings.port,
    vpcSecurityGroupIds: [settings.securityGroupId],
    publiclyAccessible: false,
    parameterGroupName: settings.parameterGroupName,
    backupRetentionPeriod: 0,
    maintenanceWindow: props.maintenanceWindow,
    copyTagsToSnapshot: true,
    deletionProtection: props.deletionProtection,
    skipFinalSnapshot: true,
    enabledCloudwatchLogsExports: [...settings.logExports],
    ...settings.performanceInsights,
    databaseInsightsMode: props.databaseInsights === "advanced" ? "advanced" : undefined,
    ...settings.monitoring,
    autoMinorVersionUpgrade: props.autoMinorVersionUpgrade,
    applyImmediately: props.applyImmediately,
    tags: { Name: identifier },
    dependsOn: [...settings.monitoringPermission, ...logGroups],
    lifecycle: {
      // RDS keeps the replica with a renamed source, and the provider refuses to change the name: "cannot elect new source database for replication".
      ignoreChanges: ["replicate_source_db"],
      // RDS makes a database of its own of the replica whose source is deleted.
      replaceTriggeredBy: [whenChanged(settings.source, "resource_id")],
    },
  });
}
