import { type PlannedChange } from "../changes/planned-change";
import { block, number, text, type Values } from "../../terraform/values";
import { type Loss } from "./loss";

type Weakening = (before: Values, after: Values) => Loss | undefined;

const turnsOff =
  (attribute: string, what: string): Weakening =>
  (before, after) =>
    isOn(before[attribute]) && after[attribute] === false ? { severity: "unprotected", what } : undefined;

const turnsOn =
  (attribute: string, what: string): Weakening =>
  (before, after) =>
    before[attribute] === false && isOn(after[attribute]) ? { severity: "unprotected", what } : undefined;

/** An amount that becomes lower; `undefined` where either side is unknown. */
function lowered(before: Values, after: Values, attribute: string): readonly [was: number, is: number] | undefined {
  const [was, is] = [number(before, attribute), number(after, attribute)];
  return was !== undefined && is !== undefined && is < was ? [was, is] : undefined;
}

const backupsOff =
  (attribute: string, what: string): Weakening =>
  (before, after) =>
    lowered(before, after, attribute)?.[1] === 0 ? { severity: "lost", what } : undefined;

/** Source: CloudWatch Logs API reference, PutRetentionPolicy: older events are deleted, 0 keeps them for good. */
const shorterRetention: Weakening = (before, after) => {
  const [was, is] = [number(before, "retention_in_days"), number(after, "retention_in_days")];
  if (was === undefined || is === undefined || is === 0 || (was !== 0 && is >= was)) return undefined;
  return {
    severity: "lost",
    what: `Log events older than ${is} days are deleted (${was === 0 ? "kept for good" : `${was} days`} before).`,
  };
};

const versioningOff: Weakening = (before, after) => {
  const status = (values: Values) => text(block(values, "versioning_configuration"), "status");
  if (status(before) !== "Enabled" || status(after) === "Enabled" || status(after) === undefined) return undefined;
  return {
    severity: "unprotected",
    what: "Versioning stops: what is overwritten or deleted from now on cannot be restored.",
  };
};

const pointInTimeOff: Weakening = (before, after) => {
  const on = (values: Values) => block(values, "point_in_time_recovery")["enabled"];
  if (on(before) !== true || on(after) !== false) return undefined;
  return { severity: "lost", what: "Point-in-time recovery is turned off, and its restore points are deleted." };
};

const deletionProtection = turnsOff(
  "deletion_protection",
  "Deletion protection is turned off: the next plan may destroy it.",
);
const skipsSnapshot = turnsOn("skip_final_snapshot", "No final snapshot is taken any more when it is destroyed.");
const databaseBackups = backupsOff(
  "backup_retention_period",
  "Automated backups are turned off, and existing ones are deleted.",
);

const WEAKENINGS: Readonly<Record<string, readonly Weakening[]>> = {
  aws_db_instance: [deletionProtection, skipsSnapshot, databaseBackups],
  aws_rds_cluster: [deletionProtection, skipsSnapshot],
  aws_dynamodb_table: [
    turnsOff("deletion_protection_enabled", "Deletion protection is turned off: the next plan may destroy it."),
    pointInTimeOff,
  ],
  aws_elasticache_replication_group: [
    backupsOff("snapshot_retention_limit", "Automatic snapshots are turned off, and existing ones are deleted."),
  ],
  aws_s3_bucket: [turnsOn("force_destroy", "Destroying the bucket now deletes every object in it (force_destroy).")],
  aws_s3_bucket_versioning: [versioningOff],
  aws_ecr_repository: [
    turnsOn("force_delete", "Destroying the repository now deletes every image in it (force_delete)."),
  ],
  aws_kms_key: [
    turnsOff("is_enabled", "The key is disabled: what it encrypted cannot be read until it is enabled again."),
  ],
  aws_cloudwatch_log_group: [shorterRetention],
  aws_lb: [turnsOff("enable_deletion_protection", "Deletion protection is turned off: the next plan may destroy it.")],
};

/** Lists what an update deletes or leaves unprotected. */
export function weakenings({ kind, type, before, after }: PlannedChange): Loss[] {
  if (kind !== "update") return [];
  return (WEAKENINGS[type] ?? []).flatMap((weakening) => weakening(before, after) ?? []);
}

function isOn(value: unknown): boolean {
  return value === true || value === "true";
}
