import { type DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { type RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";

/** What both forms of database hand out, from the one that was made. */
export function outputsOf(instance: DbInstance | undefined, cluster: RdsCluster | undefined) {
  if (cluster) {
    return {
      host: cluster.endpoint,
      readerHost: cluster.readerEndpoint,
      arn: cluster.arn,
      identifier: cluster.clusterIdentifier,
      resourceId: cluster.clusterResourceId,
      masterUserSecretArn: cluster.masterUserSecret.get(0).secretArn,
    };
  }
  return {
    host: instance!.address,
    readerHost: undefined,
    arn: instance!.arn,
    identifier: instance!.identifier,
    resourceId: instance!.resourceId,
    masterUserSecretArn: instance!.masterUserSecret.get(0).secretArn,
  };
}
