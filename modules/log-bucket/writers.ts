import { type PolicyStatement } from "../core/iam-policy";

export const WRITERS = ["load-balancer", "vended-logs", "s3-access-logs"] as const;

/**
 * AWS services that can be let in: load balancers (access and connection logs), CloudWatch's delivery service (VPC flow logs, CloudFront
 * v2, WAF and others), S3 server access logs.
 */
export type Writer = (typeof WRITERS)[number];

/** The bucket, and the account whose resources may write into it. */
export interface Destination {
  readonly bucketArn: string;
  readonly accountId: string;
  /** Folders that may stand before `AWSLogs/…`. */
  readonly prefixes: readonly string[];
}

/** Statements of the bucket policy that let one writer in, for resources of one account only. */
export function writerStatements(writer: Writer, { bucketArn, accountId, prefixes }: Destination): PolicyStatement[] {
  const sourceAccount = { StringEquals: { "aws:SourceAccount": accountId } };
  const accountFolders = ["", ...prefixes.map((prefix) => `${prefix}/`)].map(
    (folder) => `${bucketArn}/${folder}AWSLogs/${accountId}/*`,
  );
  switch (writer) {
    case "load-balancer":
      // Without a condition, as documented; the account stands in the path, which Elastic Load Balancing writes itself.
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
