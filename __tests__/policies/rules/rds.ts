import { other, set, without } from "../mutation";
import { type RuleCase, ruleCase } from "./rule-case";
import { AURORA_CLUSTER, DATABASE, DATABASE_SUBNET_GROUP } from "./subjects";

export const rdsCases: readonly RuleCase[] = [
  ruleCase(
    "rds-aurora-instances",
    AURORA_CLUSTER,
    without("aws_rds_cluster_instance", "database/instance-2", "cluster_identifier"),
    "aws_rds_cluster_instance",
  ),
  ruleCase("rds-backups", DATABASE, set("backup_retention_period", 6), "backup_retention_period"),
  ruleCase("rds-backups", AURORA_CLUSTER, set("backup_retention_period", undefined), "backup_retention_period"),
  ruleCase("rds-copy-tags", DATABASE, set("copy_tags_to_snapshot", false), "copy_tags_to_snapshot"),
  ruleCase("rds-deletion-protection", DATABASE, set("deletion_protection", false), "deletion_protection"),
  ruleCase("rds-deletion-protection", AURORA_CLUSTER, set("deletion_protection", false), "deletion_protection"),
  ruleCase("rds-encryption", DATABASE, set("storage_encrypted", false), "storage_encrypted"),
  ruleCase(
    "rds-events",
    DATABASE,
    without("aws_cloudwatch_event_rule", "monitoring/database-events", "event_pattern"),
    "aws_db_event_subscription",
  ),
  ruleCase(
    "rds-events",
    DATABASE,
    other(
      "aws_cloudwatch_event_rule",
      "monitoring/database-events",
      set("event_pattern", '{"source":["aws.rds"],"detail":{"SourceIdentifier":["another"]}}'),
    ),
    "aws_db_event_subscription",
  ),
  ruleCase("rds-final-snapshot", DATABASE, set("skip_final_snapshot", true), "skip_final_snapshot"),
  ruleCase("rds-final-snapshot", DATABASE, set("final_snapshot_identifier", undefined), "final_snapshot_identifier"),
  ruleCase(
    "rds-iam-authentication",
    DATABASE,
    set("iam_database_authentication_enabled", false),
    "iam_database_authentication_enabled",
  ),
  ruleCase("rds-instance-multi-az", DATABASE, set("multi_az", false), "multi_az"),
  ruleCase("rds-logs", DATABASE, set("enabled_cloudwatch_logs_exports", []), "enabled_cloudwatch_logs_exports"),
  ruleCase(
    "rds-managed-password",
    DATABASE,
    set("manage_master_user_password", undefined),
    "manage_master_user_password",
  ),
  ruleCase("rds-minor-upgrades", DATABASE, set("auto_minor_version_upgrade", false), "auto_minor_version_upgrade"),
  ruleCase("rds-monitoring", DATABASE, set("monitoring_interval", 0), "monitoring_interval"),
  ruleCase("rds-not-public", DATABASE, set("publicly_accessible", true), "publicly_accessible"),
  ruleCase("rds-storage-autoscaling", DATABASE, set("max_allocated_storage", undefined), "max_allocated_storage"),
  ruleCase("rds-subnet-zones", DATABASE_SUBNET_GROUP, set("subnet_ids", ["subnet-0a1b2c3d4e5f60711"]), "subnet_ids"),
  ruleCase("rds-tls", DATABASE, set("parameter_group_name", undefined), "parameter_group_name"),
  ruleCase(
    "rds-tls",
    DATABASE,
    other("aws_db_parameter_group", "database/parameter-group", set("parameter.value", "0")),
    "aws_db_parameter_group.database_parameter-group_33D396C4.parameter",
  ),
  ruleCase("rds-user-name", DATABASE, set("username", "postgres"), "username"),
  ruleCase("rds-user-name", AURORA_CLUSTER, set("master_username", "admin"), "master_username"),
];
