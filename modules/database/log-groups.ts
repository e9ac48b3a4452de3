import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { type Construct } from "constructs";
import { type CompleteDatabaseProps } from "./defaults";

export interface ExportedLogs {
  /** Identifier of the instance or cluster in AWS, which is part of the log group's name. */
  readonly identifier: string;
  readonly logExports: readonly string[];
  readonly isCluster: boolean;
  /**
   * Start of the construct ids, `replica-1-`.
   * @default ""
   */
  readonly idPrefix?: string | undefined;
}

/** Creates a log group for each exported log. */
export function createLogGroups(
  scope: Construct,
  { logRetentionDays, logsKmsKeyArn }: CompleteDatabaseProps,
  { identifier, logExports, isCluster, idPrefix = "" }: ExportedLogs,
): CloudwatchLogGroup[] {
  const resource = isCluster ? "cluster" : "instance";
  return logExports.map(
    (log) =>
      new CloudwatchLogGroup(scope, `${idPrefix}${log}-log-group`, {
        name: `/aws/rds/${resource}/${identifier}/${log}`,
        retentionInDays: logRetentionDays,
        kmsKeyId: logsKmsKeyArn,
        // RDS would create a group that goes before its export ends again, without a retention period.
        lifecycle: { createBeforeDestroy: true },
      }),
  );
}
