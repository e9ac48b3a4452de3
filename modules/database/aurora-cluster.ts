import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { type ITerraformDependable } from "cdktf";
import { type Construct } from "constructs";
import { physicalName } from "../core/names";
import { type CompleteAuroraProps } from "./props";
import { type CommonSettings } from "./common-settings";

/** Aurora fails over to the lowest tier first; the lower two scale with the writer. Source: Aurora user guide, Serverless v2. */
const MAX_PROMOTION_TIER = 15;

/** An Aurora Serverless v2 cluster: the storage and the endpoints, without instances. */
export function createCluster(
  scope: Construct,
  props: CompleteAuroraProps,
  parts: CommonSettings,
  dependsOn: ITerraformDependable[],
): RdsCluster {
  const advanced = props.databaseInsights === "advanced";
  return new RdsCluster(scope, "cluster", {
    clusterIdentifier: parts.identifier,
    engine: props.engine,
    engineMode: "provisioned",
    engineVersion: parts.engineVersion,
    serverlessv2ScalingConfiguration: { minCapacity: props.minCapacityAcu, maxCapacity: props.maxCapacityAcu },
    databaseName: props.databaseName,
    masterUsername: props.masterUsername,
    manageMasterUserPassword: true,
    masterUserSecretKmsKeyId: props.masterUserSecretKmsKeyArn,
    iamDatabaseAuthenticationEnabled: true,
    storageEncrypted: true,
    kmsKeyId: props.kmsKeyArn,
    port: parts.port,
    dbSubnetGroupName: parts.subnetGroupName,
    vpcSecurityGroupIds: [parts.securityGroupId],
    dbClusterParameterGroupName: parts.parameterGroupName,
    backupRetentionPeriod: props.backupRetentionDays,
    preferredBackupWindow: props.backupWindow,
    preferredMaintenanceWindow: props.maintenanceWindow,
    copyTagsToSnapshot: true,
    deleteAutomatedBackups: false,
    deletionProtection: props.deletionProtection,
    skipFinalSnapshot: props.skipFinalSnapshot,
    finalSnapshotIdentifier: parts.finalSnapshotIdentifier,
    enabledCloudwatchLogsExports: [...parts.logExports],
    // The mode belongs to the cluster, and asks for Performance Insights on the cluster itself.
    ...(advanced ? { databaseInsightsMode: "advanced", ...parts.performanceInsights } : {}),
    allowMajorVersionUpgrade: props.allowMajorVersionUpgrade,
    applyImmediately: props.applyImmediately,
    tags: { Name: parts.identifier },
    dependsOn,
  });
}

/** Its instances. Which of them writes is Aurora's business and changes with every failover, so none is named for it. */
export function createClusterInstances(
  scope: Construct,
  props: CompleteAuroraProps,
  parts: CommonSettings,
  cluster: RdsCluster,
): RdsClusterInstance[] {
  return Array.from({ length: props.instanceCount }, (_, index) => {
    const identifier = physicalName([parts.identifier, `${index + 1}`], { maxLength: 63 });
    return new RdsClusterInstance(scope, `instance-${index + 1}`, {
      identifier,
      clusterIdentifier: cluster.id,
      engine: props.engine,
      instanceClass: "db.serverless",
      dbSubnetGroupName: parts.subnetGroupName,
      publiclyAccessible: false,
      promotionTier: Math.min(index, MAX_PROMOTION_TIER),
      preferredMaintenanceWindow: props.maintenanceWindow,
      copyTagsToSnapshot: true,
      ...parts.performanceInsights,
      ...parts.monitoring,
      autoMinorVersionUpgrade: props.autoMinorVersionUpgrade,
      applyImmediately: props.applyImmediately,
      tags: { Name: identifier },
    });
  });
}
