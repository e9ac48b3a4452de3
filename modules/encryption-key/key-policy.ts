import { type PolicyStatement } from "../core/iam-policy";
import { dnsSuffixOf } from "../core/regions";

export interface KeyLocation {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** In a key policy, `*` is the key itself. */
const THIS_KEY = "*";

/**
 * Allows everything in the account that IAM allows to use the key (RDS, ElastiCache, Secrets Manager and ECR act on the caller's
 * behalf), and the services that act on their own behalf, each restricted to this account by its encryption context.
 */
export function keyStatements({ partition, region, accountId }: KeyLocation): PolicyStatement[] {
  return [
    {
      // Without this statement nobody could change the policy again. Source: KMS developer guide, "Default key policy".
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
      Principal: { Service: `logs.${region}.${dnsSuffixOf(partition)}` },
      Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
      Resource: THIS_KEY,
      Condition: {
        ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:${partition}:logs:${region}:${accountId}:log-group:*` },
      },
    },
    {
      // The publisher encrypts alarms and deployment events. EventBridge sends no source account, so both publishers are restricted
      // by the topic that SNS puts into the encryption context. Source: SNS developer guide, "Key management".
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
