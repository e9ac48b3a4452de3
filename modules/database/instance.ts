import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { Fn, Op, Token } from "cdktf";
import { type Construct } from "constructs";
import { isUnresolved } from "../core/tokens";
import { type CommonSettings } from "./common-settings";
import { type CompleteInstanceProps } from "./defaults";
import { noPendingUpgrade } from "./major-upgrade";

/** Smallest default for the limit of storage autoscaling. */
const MIN_STORAGE_LIMIT_GIB = 100;

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

/** Returns the size up to which the storage grows. */
export function storageLimitGiB({ allocatedStorageGiB, maxAllocatedStorageGiB }: CompleteInstanceProps): number {
  return maxAllocatedStorageGiB ?? defaultStorageLimit(allocatedStorageGiB);
}

/** Returns twice the storage, at least 100 GiB; Terraform computes it when the storage is known only at apply. */
function defaultStorageLimit(allocatedGiB: number): number {
  return isUnresolved(allocatedGiB)
    ? Token.asNumber(Fn.max([MIN_STORAGE_LIMIT_GIB, Token.asNumber(Op.mul(2, allocatedGiB))]))
    : Math.max(MIN_STORAGE_LIMIT_GIB, allocatedGiB * 2);
}
