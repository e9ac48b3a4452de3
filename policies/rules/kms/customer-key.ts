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
  // A read replica in its source's region has the source's key, and RDS lets nobody name it again.
  // Source: RDS API reference, CreateDBInstanceReadReplica, KmsKeyId.
  when: ({ body }) => body["replicate_source_db"] === undefined,
  controls: [],
  reason:
    "AWS's own keys encrypt for everybody in the account who may read; your own says who may decrypt, and can be taken away.",
  remedy: "Pass the ARN of your key; it costs about $1 a month.",
  find: (resource, configuration) => {
    const name = resource.type === "aws_sns_topic" ? "kms_master_key_id" : "kms_key_id";
    return attribute(
      name,
      "a customer managed key",
      (value) => isSet(value) && !String(value).startsWith("alias/aws/"),
    )(resource, configuration);
  },
});
