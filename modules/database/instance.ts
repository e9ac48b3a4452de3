import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { type ITerraformDependable, Fn, Op, Token } from "cdktf";
import { type Construct } from "constructs";
import { isUnresolved } from "../core/tokens";
import { type CompleteInstanceProps } from "./props";
import { type CommonSettings } from "./common-settings";

const LEAST_CEILING_GIB = 100;

/** One RDS instance, with its standby when there is one. */
export function createInstance(
  scope: Construct,
  props: CompleteInstanceProps,
  parts: CommonSettings,
  dependsOn: ITerraformDependable[],
): DbInstance {
  return new DbInstance(scope, "instance", {
    identifier: parts.identifier,
    engine: props.engine,
    engineVersion: parts.engineVersion,
    instanceClass: props.instanceClass,
    multiAz: props.multiAz,
    dbName: props.databaseName,
    username: props.masterUsername,
    manageMasterUserPassword: true,
    masterUserSecretKmsKeyId: props.masterUserSecretKmsKeyArn,
    iamDatabaseAuthenticationEnabled: true,
    ...storage(props),
    port: parts.port,
    dbSubnetGroupName: parts.subnetGroupName,
    vpcSecurityGroupIds: [parts.securityGroupId],
    publiclyAccessible: false,
    parameterGroupName: parts.parameterGroupName,
    backupRetentionPeriod: props.backupRetentionDays,
    backupWindow: props.backupWindow,
    maintenanceWindow: props.maintenanceWindow,
    copyTagsToSnapshot: true,
    deleteAutomatedBackups: false,
    deletionProtection: props.deletionProtection,
    skipFinalSnapshot: props.skipFinalSnapshot,
    finalSnapshotIdentifier: parts.finalSnapshotIdentifier,
    enabledCloudwatchLogsExports: [...parts.logExports],
    ...parts.performanceInsights,
    databaseInsightsMode: props.databaseInsights === "advanced" ? "advanced" : undefined,
    ...parts.monitoring,
    autoMinorVersionUpgrade: props.autoMinorVersionUpgrade,
    allowMajorVersionUpgrade: props.allowMajorVersionUpgrade,
    applyImmediately: props.applyImmediately,
    tags: { Name: parts.identifier },
    dependsOn,
  });
}

function storage(props: CompleteInstanceProps) {
  return {
    storageType: props.storageType,
    allocatedStorage: props.allocatedStorageGiB,
    maxAllocatedStorage: props.maxAllocatedStorageGiB ?? ceilingFor(props.allocatedStorageGiB),
    iops: props.iops,
    storageThroughput: props.throughputMiBps,
    storageEncrypted: true,
    kmsKeyId: props.kmsKeyArn,
  };
}

/** Twice the storage, at least 100 GiB; Terraform works it out when the storage is known only at apply. */
export function ceilingFor(allocatedGiB: number): number {
  return isUnresolved(allocatedGiB)
    ? Token.asNumber(Fn.max([LEAST_CEILING_GIB, Token.asNumber(Op.mul(2, allocatedGiB))]))
    : Math.max(LEAST_CEILING_GIB, allocatedGiB * 2);
}
