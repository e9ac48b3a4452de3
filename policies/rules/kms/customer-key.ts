import { attribute, isSet } from "../../finders";
import { Rule } from "../../rule";

export const kmsCustomerKey = new Rule({
  id: "kms-customer-key",
  severity: "error",
  tiers: ["production"],
  types: [
    "aws_cloudwatch_log_group",
    "aws_db_instance",
    "aws_rds_cluster",
    "aws_elasticache_replication_group",
    "aws_elasticache_serverless_cache",
    "aws_secretsmanager_secret",
    "aws_sns_topic",
  ],
  // A read replica in its source's region uses the source's key, and RDS rejects a key given for it.
  // Source: RDS API reference, CreateDBInstanceReadReplica, KmsKeyId.
  when: ({ body }) => body["replicate_source_db"] === undefined,
  controls: [],
  reason:
    "An AWS managed key decrypts for anyone in the account who may read the resource; the policy of a customer managed key controls who may decrypt, and can be revoked.",
  remedy: "Set the ARN of a customer managed key, which costs about $1 a month.",
  find: (resource, configuration) => {
    const name = resource.type === "aws_sns_topic" ? "kms_master_key_id" : "kms_key_id";
    return attribute(
      name,
      "a customer managed key",
      (value) => isSet(value) && !String(value).startsWith("alias/aws/"),
    )(resource, configuration);
  },
});
