import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { type Construct } from "constructs";
import { physicalName } from "../core/names";
import { type CommonSettings } from "./common-settings";
import { type CompleteAuroraProps } from "./defaults";
import { noPendingUpgrade } from "./major-upgrade";

/** Aurora fails over to the lowest tier first; tiers 0 and 1 scale with the writer. Source: Aurora user guide, Serverless v2. */
const MAX_PROMOTION_TIER = 15;

/** Creates an Aurora Serverless v2 cluster: the storage and the endpoints, without instances. */
export function createCluster(scope: Construct, props: CompleteAuroraProps, settings: CommonSettings): RdsCluster {
  const advanced = props.databaseInsights === "advanced";
  return new RdsCluster(scope, "cluster", {
    clusterIdentifier: settings.identifier,
    engine: props.engine,
    engineMode: "provisioned",
    engineVersion: settings.engineVersion,
    serverlessv2ScalingConfiguration: { minCapacity: props.minCapacityAcu, maxCapacity: props.maxCapacityAcu },
    databaseName: props.databaseName,
    masterUsername: props.masterUsername,
    manageMasterUserPassword: true,
    masterUserSecretKmsKeyId: props.masterUserSecretKmsKeyArn,
    iamDatabaseAuthenticationEnabled: true,
    storageEncrypted: true,
    kmsKeyId: props.kmsKeyArn,
    port: settings.port,
    dbSubnetGroupName: settings.subnetGroupName,
    vpcSecurityGroupIds: [settings.securityGroupId],
    dbClusterParameterGroupName: settings.parameterGroupName,
    backupRetentionPeriod: props.backupRetentionDays,
    preferredBackupWindow: props.backupWindow,
    preferredMaintenanceWindow: props.maintenanceWindow,
    copyTagsToSnapshot: true,
    deleteAutomatedBackups: props.deleteAutomatedBackups,
    deletionProtection: props.deletionProtection,
    skipFinalSnapshot: props.skipFinalSnapshot,
    finalSnapshotIdentifier: settings.finalSnapshotIdentifier,
    enabledCloudwatchLogsExports: [...settings.logExports],
    // The mode is set on the cluster and requires Performance Insights on the cluster as well.
    ...(advanced ? { databaseInsightsMode: "advanced", ...settings.performanceInsights } : {}),
    allowMajorVersionUpgrade: props.allowMajorVersionUpgrade,
    applyImmediately: props.applyImmediately,
    tags: { Name: settings.identifier },
    dependsOn: [...settings.dependsOn],
    lifecycle: { postcondition: noPendingUpgrade(props, settings.majorVersion) },
  });
}

/** Creates the instances of a cluster. None is named as the writer: Aurora chooses it, and it changes with every failover. */
export function createClusterInstances(
  scope: Construct,
  props: CompleteAuroraProps,
  settings: CommonSettings,
  cluster: RdsCluster,
): RdsClusterInstance[] {
  return Array.from({ length: props.instanceCount }, (_, index) => {
    const identifier = physicalName([settings.identifier, `${index + 1}`], { maxLength: 63 });
    return new RdsClusterInstance(scope, `instance-${index + 1}`, {
      identifier,
      clusterIdentifier: cluster.id,
      engine: props.engine,
      instanceClass: "db.serverless",
      dbSubnetGroupName: settings.subnetGroupName,
      publiclyAccessible: false,
      promotionTier: Math.min(index, MAX_PROMOTION_TIER),
      preferredMaintenanceWindow: props.maintenanceWindow,
      copyTagsToSnapshot: true,
      ...settings.performanceInsights,
      ...settings.monitoring,
      autoMinorVersionUpgrade: props.autoMinorVersionUpgrade,
      applyImmediately: props.applyImmediately,
      tags: { Name: identifier },
    });
  });
}
