import { type ResourceChange } from "../../../tools/terraform/plan-json";
import { changeOf, create, destroy, planWith, replaceNewFirst, replaceOldFirst, stackReportOf, update } from "./plans";

const losses = (...changes: readonly ResourceChange[]) =>
  stackReportOf(planWith(changes)).dataLosses.map(({ severity, what }) => `${severity}: ${what}`);

it.each([
  ["aws_db_instance.x", { deletion_protection: false, skip_final_snapshot: true, delete_automated_backups: true }],
  ["aws_rds_cluster.x", { skip_final_snapshot: true, delete_automated_backups: true }],
  ["aws_elasticache_replication_group.x", {}],
  ["aws_s3_bucket.x", { force_destroy: true }],
  ["aws_ecr_repository.x", { force_delete: true }],
  ["aws_efs_file_system.x", {}],
  ["aws_dynamodb_table.x", {}],
  ["aws_cloudwatch_log_group.x", {}],
  ["aws_secretsmanager_secret.x", { recovery_window_in_days: 0 }],
  ["module.data.aws_sqs_queue.x[0]", {}],
  ["random_password.x", {}],
])("shouts when %s is destroyed or replaced", (address, before) => {
  expect(losses(destroy(address, before))).toEqual([expect.stringMatching(/^lost: Destroyed: .* Nothing is kept\.$/)]);
  expect(losses(replaceOldFirst(address, before))).toEqual([
    expect.stringMatching(/^lost: Replaced by an empty one: /),
  ]);
  expect(losses(replaceNewFirst(address, before))).toEqual([
    expect.stringMatching(/^lost: Replaced by an empty one: /),
  ]);
});

it.each([
  [
    "aws_db_instance.x",
    { skip_final_snapshot: false, final_snapshot_identifier: "chat-final" },
    /A final snapshot is kept/,
  ],
  ["aws_db_instance.x", { skip_final_snapshot: true, delete_automated_backups: false }, /Automated backups are kept/],
  ["aws_kms_key.x", { deletion_window_in_days: 7 }, /cancel-key-deletion` works for 7 days/],
  ["aws_secretsmanager_secret.x", { recovery_window_in_days: 30 }, /restore-secret` works for 30 days/],
])("says what is kept of %s", (address, before, what) => {
  expect(losses(destroy(address, before))).toEqual([expect.stringMatching(/^snapshot: /)]);
  expect(losses(destroy(address, before))[0]).toMatch(what);
});

it.each([
  ["aws_db_instance.x", { deletion_protection: true }, "deletion_protection is on"],
  ["aws_s3_bucket.x", { force_destroy: false }, "has no objects"],
  ["aws_ecr_repository.x", {}, "has no images"],
  ["aws_dynamodb_table.x", { deletion_protection_enabled: true }, "deletion_protection_enabled is on"],
])("says when AWS refuses to delete %s", (address, before, why) => {
  expect(losses(destroy(address, before))).toEqual([expect.stringMatching(/^refused: /)]);
  expect(losses(destroy(address, before))[0]).toContain(why);
});

it.each([
  [
    "aws_db_instance.x",
    { deletion_protection: true },
    { deletion_protection: false },
    /^unprotected: Deletion protection is turned off/,
  ],
  [
    "aws_db_instance.x",
    { backup_retention_period: 7 },
    { backup_retention_period: 0 },
    /^lost: Automated backups are turned off/,
  ],
  [
    "aws_cloudwatch_log_group.x",
    { retention_in_days: 365 },
    { retention_in_days: 30 },
    /^lost: Log events older than 30 days are deleted \(365 days before\)/,
  ],
  ["aws_cloudwatch_log_group.x", { retention_in_days: 0 }, { retention_in_days: 30 }, /kept for good before/],
  [
    "aws_s3_bucket_versioning.x",
    { versioning_configuration: [{ status: "Enabled" }] },
    { versioning_configuration: [{ status: "Suspended" }] },
    /^unprotected: Versioning stops/,
  ],
  [
    "aws_dynamodb_table.x",
    { point_in_time_recovery: [{ enabled: true }] },
    { point_in_time_recovery: [{ enabled: false }] },
    /^lost: Point-in-time/,
  ],
  ["aws_kms_key.x", { is_enabled: true }, { is_enabled: false }, /^unprotected: The key is disabled/],
])("says when an update of %s deletes or unprotects data", (address, before, after, what) => {
  expect(losses(update(address, before, after))).toEqual([expect.stringMatching(what)]);
});

it("is silent about what loses nothing", () => {
  expect(
    losses(
      create("aws_db_instance.new"),
      update("aws_db_instance.x", { instance_class: "a" }, { instance_class: "b" }),
      update("aws_cloudwatch_log_group.x", { retention_in_days: 30 }, { retention_in_days: 365 }),
      update("aws_cloudwatch_log_group.x", { retention_in_days: 30 }, { retention_in_days: 0 }),
      destroy("aws_lb.x"),
      destroy("aws_db_instance.replica", { replicate_source_db: "chat-db" }),
      destroy("aws_cloudwatch_log_group.kept", { skip_destroy: true }),
      changeOf("aws_db_instance.forgotten", ["forget"]),
      changeOf("aws_db_instance.forgotten-too", ["create", "forget"]),
      changeOf("data.aws_db_instance.read", ["read"], {}, { mode: "data" }),
    ),
  ).toEqual([]);
});

it("puts databases before keys and logs, and what only loses its protection last", () => {
  const found = losses(
    update("aws_lb.x", { enable_deletion_protection: true }, { enable_deletion_protection: false }),
    destroy("aws_cloudwatch_log_group.x"),
    destroy("aws_kms_key.x"),
    destroy("aws_db_instance.x", { deletion_protection: true }),
    destroy("aws_db_instance.y", { skip_final_snapshot: true, delete_automated_backups: true }),
  );
  expect(found.map((text) => text.split(":")[0])).toEqual(["lost", "refused", "snapshot", "lost", "unprotected"]);
});
