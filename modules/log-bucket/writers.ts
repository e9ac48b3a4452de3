import { type PolicyStatement } from "../core/iam-policy";

export const WRITERS = ["load-balancer", "vended-logs", "s3-access-logs"] as const;

/**
 * An AWS service that writes logs: load balancers (access and connection logs), CloudWatch's delivery service (VPC flow logs, CloudFront
 * v2, WAF and others), S3 server access logs.
 */
export type Writer = (typeof WRITERS)[number];

/** The bucket, and the account whose resources may write to it. */
export interface Destination {
  readonly bucketArn: string;
  readonly accountId: string;
  /** Folders allowed before `AWSLogs/…`. */
  readonly prefixes: readonly string[];
}

/** Returns the bucket policy statements that let one service write for the resources of one account. */
export function writerStatements(writer: Writer, { bucketArn, accountId, prefixes }: Destination): PolicyStatement[] {
  const sourceAccount = { StringEquals: { "aws:SourceAccount": accountId } };
  const accountFolders = ["", ...prefixes.map((prefix) => `${prefix}/`)].map(
    (folder) => `${bucketArn}/${folder}AWSLogs/${accountId}/*`,
  );
  switch (writer) {
    case "load-balancer":
      // No condition, as documented: Elastic Load Balancing itself writes the account into the path.
      return [
        allow("LoadBalancerLogs", "logdelivery.elasticloadbalancing.amazonaws.com", "s3:PutObject", accountFolders),
      ];
    case "vended-logs": {
      const service = "delivery.logs.amazonaws.com";
      const withAcl = { StringEquals: { ...sourceAccount.StringEquals, "s3:x-amz-acl": "bucket-owner-full-control" } };
      return [
        { ...allow("VendedLogs", service, "s3:PutObject", accountFolders), Condition: withAcl },
        { ...allow("VendedLogsCheck", service, "s3:GetBucketAcl", [bucketArn]), Condition: sourceAccount },
      ];
    }
    case "s3-access-logs":
      return [
        {
          ...allow("S3AccessLogs", "logging.s3.amazonaws.com", "s3:PutObject", [`${bucketArn}/*`]),
          Condition: sourceAccount,
        },
      ];
  }
}

function allow(Sid: string, Service: string, Action: string, Resource: readonly string[]): PolicyStatement {
  return { Sid, Effect: "Allow", Principal: { Service }, Action, Resource };
}
