import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { type Construct } from "constructs";
import { type CommonSettings } from "./common-settings";
import { type CompleteInstanceProps } from "./defaults";
import { noPendingUpgrade } from "./major-upgrade";
import { storageLimitGiB } from "./storage-limit";

/** Creates one RDS instance, with a standby when `multiAz` is on. */
export function createInstance(scope: Construct, props: CompleteInstanceProps, settings: CommonSettings): DbInstance {
  return new DbInstance(scope, "instance", {
    identifier: settings.identifier,
    engine: props.engine,
    engineVersion: settings.engineVersion,
    instanceClass: props.instanceClass,
    multiAz: props.multiAz,
    dbName: props.databaseName,
    username: props.masterUsername,
    manageMasterUserPassword: true,
    masterUserSecretKmsKeyId: props.masterUserSecretKmsKeyArn,
    iamDatabaseAuthenticationEnabled: true,
    ...storage(props),
    port: settings.port,
    dbSubnetGroupName: settings.subnetGroupName,
    vpcSecurityGroupIds: [settings.securityGroupId],
    publiclyAccessible: false,
    parameterGroupName: settings.parameterGroupName,
    backupRetentionPeriod: props.backupRetentionDays,
    backupWindow: props.backupWindow,
    maintenanceWindow: props.maintenanceWindow,
    copyTagsToSnapshot: true,
    deleteAutomatedBackups: props.deleteAutomatedBackups,
    deletionProtection: props.deletionProtection,
    skipFinalSnapshot: props.skipFinalSnapshot,
    finalSnapshotIdentifier: settings.finalSnapshotIdentifier,
    enabledCloudwatchLogsExports: [...settings.logExports],
    ...settings.performanceInsights,
    databaseInsightsMode: props.databaseInsights === "advanced" ? "advanced" : undefined,
    ...settings.monitoring,
    autoMinorVersionUpgrade: props.autoMinorVersionUpgrade,
    allowMajorVersionUpgrade: props.allowMajorVersionUpgrade,
    applyImmediately: props.applyImmediately,
    tags: { Name: settings.identifier },
    dependsOn: [...settings.dependsOn],
    lifecycle: { postcondition: noPendingUpgrade(props, settings.majorVersion) },
  });
}

function storage(props: CompleteInstanceProps) {
  return {
    storageType: props.storageType,
    allocatedStorage: props.allocatedStorageGiB,
    maxAllocatedStorage: storageLimitGiB(props),
    iops: props.iops,
    storageThroughput: props.throughputMiBps,
    storageEncrypted: true,
    kmsKeyId: props.kmsKeyArn,
  };
}
