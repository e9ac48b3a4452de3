import { number, text, type Values } from "../../terraform/values";

/** What a type of resource holds, and what becomes of it when the resource is destroyed. */
export interface Stateful {
  /** What is gone, as the subject of a sentence; `undefined` when this one holds nothing of its own. */
  readonly what: string | ((before: Values) => string | undefined);
  /** Why AWS refuses to delete it; `undefined` when it does not. */
  readonly refused?: (before: Values) => string | undefined;
  /** What is kept, as a sentence; `undefined` when nothing is. */
  readonly kept?: (before: Values) => string | undefined;
}

const protectedBy =
  (attribute: string) =>
  (before: Values): string | undefined =>
    isOn(before[attribute]) ? `${attribute} is on` : undefined;

const snapshotBy =
  (skip: string, name: string) =>
  (before: Values): string | undefined =>
    isOn(before[skip]) || text(before, name) === undefined
      ? undefined
      : `A final snapshot is kept (${name}); restoring it is up to you.`;

const finalSnapshot = (before: Values): string | undefined =>
  text(before, "final_snapshot_identifier") ? "A final snapshot is kept; restoring it is up to you." : undefined;

const emptied =
  (attribute: string, content: string) =>
  (before: Values): string | undefined =>
    isOn(before[attribute]) ? undefined : `it is deleted only when it has no ${content} (${attribute} is off)`;

const snapshot = snapshotBy("skip_final_snapshot", "final_snapshot_identifier");

const database = {
  refused: protectedBy("deletion_protection"),
  kept: (before: Values): string | undefined =>
    snapshot(before) ??
    (before["delete_automated_backups"] === false
      ? "Automated backups are kept until their retention ends; restoring one is up to you."
      : undefined),
};

const dbInstance: Stateful = {
  ...database,
  what: (before) => (text(before, "replicate_source_db") ? undefined : "the database with all of its data"),
};

const cluster = (what: string): Stateful => ({ ...database, what });

/** Types that hold what Terraform cannot create again. Sources: each service's API reference, at the operation that deletes it. */
export const STATEFUL: Readonly<Record<string, Stateful>> = {
  aws_db_instance: dbInstance,
  aws_rds_cluster: cluster("the database cluster with all of its data"),
  aws_rds_global_cluster: { what: "the global database", refused: protectedBy("deletion_protection") },
  aws_docdb_cluster: cluster("the document database with all of its data"),
  aws_neptune_cluster: cluster("the graph database with all of its data"),
  aws_redshift_cluster: {
    what: "the data warehouse with all of its data",
    kept: snapshotBy("skip_final_snapshot", "final_snapshot_identifier"),
  },
  aws_db_snapshot: { what: "the snapshot" },
  aws_db_cluster_snapshot: { what: "the snapshot" },
  aws_elasticache_replication_group: {
    what: "the cache with everything in it, and its automatic snapshots",
    kept: finalSnapshot,
  },
  aws_elasticache_cluster: {
    what: (before) => (text(before, "replication_group_id") ? undefined : "the cache with everything in it"),
    kept: finalSnapshot,
  },
  aws_elasticache_serverless_cache: { what: "the cache with everything in it" },
  aws_memorydb_cluster: {
    what: "the database with everything in it",
    kept: (before) =>
      text(before, "final_snapshot_name") ? "A final snapshot is kept; restoring it is up to you." : undefined,
  },
  aws_dynamodb_table: { what: "the table with all of its items", refused: protectedBy("deletion_protection_enabled") },
  aws_s3_bucket: {
    what: "the bucket with all of its objects and versions",
    refused: emptied("force_destroy", "objects"),
  },
  aws_ecr_repository: {
    what: "the repository with all of its images, those that run included",
    refused: emptied("force_delete", "images"),
  },
  aws_efs_file_system: { what: "the file system with all of its files" },
  aws_fsx_lustre_file_system: { what: "the file system with all of its files" },
  aws_ebs_volume: {
    what: "the volume with all of its data",
    kept: (before) => (isOn(before["final_snapshot"]) ? "A final snapshot is kept." : undefined),
  },
  aws_kms_key: { what: "the key: what it encrypted, snapshots included, can never be read again", kept: waitingPeriod },
  aws_kms_external_key: { what: "the key: what it encrypted can never be read again", kept: waitingPeriod },
  aws_secretsmanager_secret: { what: "the secret with its versions", kept: recoveryWindow },
  aws_ssm_parameter: { what: "the parameter with its history" },
  aws_cloudwatch_log_group: {
    what: (before) => (isOn(before["skip_destroy"]) ? undefined : "the log group with all of its events"),
    refused: protectedBy("deletion_protection_enabled"),
  },
  aws_cognito_user_pool: {
    what: "the user pool with all of its users and their passwords",
    refused: (before) => (before["deletion_protection"] === "ACTIVE" ? "deletion_protection is on" : undefined),
  },
  aws_route53_zone: { what: "the hosted zone with its name servers; the registrar has to be told the new ones" },
  aws_sqs_queue: { what: "the queue with the messages in it" },
  aws_kinesis_stream: { what: "the stream with the records in it" },
  aws_opensearch_domain: { what: "the domain with all of its indexes" },
  aws_msk_cluster: { what: "the cluster with all of its topics" },
  aws_backup_vault: { what: "the vault", refused: emptied("force_destroy", "recovery points") },
  random_password: { what: "the value; whatever is made from it gets another one" },
  random_id: { what: "the value; whatever is made from it gets another one" },
  tls_private_key: { what: "the private key; whatever is made from it gets another one" },
};

/** Source: KMS API reference, ScheduleKeyDeletion: 30 days unless 7 to 30 are given. */
function waitingPeriod(before: Values): string {
  const days = number(before, "deletion_window_in_days") ?? 30;
  return `The deletion is scheduled: \`aws kms cancel-key-deletion\` works for ${days} days.`;
}

/** Source: Secrets Manager API reference, DeleteSecret: 30 days unless 7 to 30 are given; 0 is without recovery. */
function recoveryWindow(before: Values): string | undefined {
  const days = number(before, "recovery_window_in_days") ?? 30;
  return days === 0 ? undefined : `\`aws secretsmanager restore-secret\` works for ${days} days.`;
}

function isOn(value: unknown): boolean {
  return value === true || value === "true";
}
