import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { type ITerraformDependable } from "cdktf";
import { type Construct } from "constructs";
import { physicalName } from "../core/names";
import { type CompleteInstanceProps } from "./props";
import { ceilingFor } from "./instance";
import { type CommonSettings, type PerformanceInsights } from "./common-settings";

export interface ReplicaParts extends CommonSettings {
  readonly source: DbInstance;
  readonly instanceClass: string;
  /** As far as the replicas' own class has it. */
  readonly performanceInsights: PerformanceInsights;
  readonly dependsOn: readonly ITerraformDependable[];
}

/**
 * Read replicas of an RDS instance, in its region. Subnets, key and engine version are the source's, which RDS lets nobody say
 * again; backups are the source's alone, and AWS refuses a final snapshot of a replica: its data is the source's.
 */
export function createReadReplicas(scope: Construct, props: CompleteInstanceProps, parts: ReplicaParts): DbInstance[] {
  return Array.from({ length: props.readReplicaCount }, (_, index) => {
    const id = `replica-${index + 1}`;
    const identifier = physicalName([parts.identifier, id], { maxLength: 63 });
    const zones = props.readReplicaZones ?? [];
    // RDS makes a missing log group itself, with no end of retention: ours come first.
    const logGroups = parts.logExports.map(
      (log) =>
        new CloudwatchLogGroup(scope, `${id}-${log}-log-group`, {
          name: `/aws/rds/instance/${identifier}/${log}`,
          retentionInDays: props.logRetentionDays,
          kmsKeyId: props.logsKmsKeyArn,
        }),
    );
    return new DbInstance(scope, id, {
      identifier,
      replicateSourceDb: parts.source.identifier,
      instanceClass: parts.instanceClass,
      availabilityZone: zones.length > 0 ? zones[index % zones.length] : undefined,
      multiAz: false,
      iamDatabaseAuthenticationEnabled: true,
      storageEncrypted: true,
      storageType: props.storageType,
      iops: props.iops,
      storageThroughput: props.throughputMiBps,
      maxAllocatedStorage: props.maxAllocatedStorageGiB ?? ceilingFor(props.allocatedStorageGiB),
      port: parts.port,
      vpcSecurityGroupIds: [parts.securityGroupId],
      publiclyAccessible: false,
      parameterGroupName: parts.parameterGroupName,
      backupRetentionPeriod: 0,
      maintenanceWindow: props.maintenanceWindow,
      copyTagsToSnapshot: true,
      deletionProtection: props.deletionProtection,
      skipFinalSnapshot: true,
      enabledCloudwatchLogsExports: [...parts.logExports],
      ...parts.performanceInsights,
      databaseInsightsMode: props.databaseInsights === "advanced" ? "advanced" : undefined,
      ...parts.monitoring,
      autoMinorVersionUpgrade: props.autoMinorVersionUpgrade,
      applyImmediately: props.applyImmediately,
      tags: { Name: identifier },
      dependsOn: [...parts.dependsOn, ...logGroups],
    });
  });
}
