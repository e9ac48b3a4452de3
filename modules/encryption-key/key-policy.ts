import { type PolicyStatement } from "../core/iam-policy";

export interface KeyPlace {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** In a key policy the resource is always the key itself. */
const THIS_KEY = "*";

/**
 * Who may use the key. Everything in the account that IAM lets use it (RDS, ElastiCache, Secrets Manager and ECR act in the
 * caller's name), and the services that act in their own name, each bound to this account by what it encrypts.
 */
export function keyStatements({ partition, region, accountId }: KeyPlace): PolicyStatement[] {
  return [
    {
      // Without it nobody could ever change the policy again. Source: KMS developer guide, "Default key policy".
      Sid: "AccountByIam",
      Effect: "Allow",
      Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
      Action: "kms:*",
      Resource: THIS_KEY,
    },
    {
      // Source: CloudWatch Logs user guide, "Encrypt log data using AWS KMS".
      Sid: "LogGroupsOfThisAccount",
      Effect: "Allow",
      Principal: { Service: `logs.${region}.amazonaws.com` },
      Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
      Resource: THIS_KEY,
      Condition: {
        ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:${partition}:logs:${region}:${accountId}:log-group:*` },
      },
    },
    {
      // Alarms and deployment events are encrypted by the publisher. EventBridge names no source account, so both are bound by
      // the topic that SNS puts into the encryption context. Source: SNS developer guide, "Key management".
      Sid: "AlarmTopicsOfThisAccount",
      Effect: "Allow",
      Principal: { Service: ["cloudwatch.amazonaws.com", "events.amazonaws.com"] },
      Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      Resource: THIS_KEY,
      Condition: {
        ArnLike: { "kms:EncryptionContext:aws:sns:topicArn": `arn:${partition}:sns:${region}:${accountId}:*` },
      },
    },
  ];
}

/** The partition that a region belongs to: part of every ARN in it. Source: AWS General Reference, "ARN format". */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
