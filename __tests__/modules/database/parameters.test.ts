import { type DatabaseProps } from "../../../modules/database";
import { database, refused } from "./make";

const WAY_OUT = "What this package does not know goes to uncheckedParameters.";
const aurora = { engine: "aurora-postgresql", instanceClass: undefined } as const;
const mysql = { engine: "mysql" } as const;

it.each<[string, Partial<DatabaseProps>, string, string, string]>([
  ["misspelt", {}, "max_connection", "postgres 17", `Did you mean max_connections? ${WAY_OUT}`],
  ["of nothing known", {}, "zzz", "postgres 17", WAY_OUT],
  [
    "of an unknown extension",
    {},
    "pg_stat_statments.max",
    "postgres 17",
    `Did you mean pg_stat_statements? ${WAY_OUT}`,
  ],
  ["that the version has no more", {}, "old_snapshot_threshold", "postgres 17", "PostgreSQL 17 has removed it."],
  [
    "that it does not have yet",
    { engineVersion: "16.8" },
    "transaction_timeout",
    "postgres 16",
    "It exists since PostgreSQL 17.",
  ],
  ["of Aurora for RDS", {}, "apg_ccm_enabled", "postgres 17", WAY_OUT],
  [
    "misspelt, on Aurora",
    aurora,
    "shared_preload_librarys",
    "aurora-postgresql 17",
    `Did you mean shared_preload_libraries? ${WAY_OUT}`,
  ],
  ["misspelt, of MySQL", mysql, "max_connection", "mysql 8.4", `Did you mean max_connections? ${WAY_OUT}`],
  ["of MySQL with another dash", mysql, "gtid_mode", "mysql 8.4", `Did you mean gtid-mode? ${WAY_OUT}`],
])("refuses a parameter %s", (_, props, name, version, remedy) => {
  const lines = refused({ ...props, parameters: { [name]: "1" } });
  expect(lines).toEqual([
    `[test/database] parameters.${name}: expected a parameter of ${version}, got "${name}". ${remedy}`,
  ]);
});

it.each<[string, Partial<DatabaseProps>]>([
  ["of the version", { parameters: { transaction_timeout: "1000", timezone: "Asia/Tokyo" } }],
  ["that the version still has", { engineVersion: "16", parameters: { old_snapshot_threshold: "10" } }],
  [
    "of extensions and of RDS",
    { parameters: { "pgaudit.log": "ddl", "rds.logical_replication": "1", "cron.max_running_jobs": "5" } },
  ],
  ["of Aurora", { ...aurora, parameters: { apg_ccm_enabled: "1" } }],
  ["of MySQL that are not in the table", { ...mysql, parameters: { innodb_ddl_threads: "8", "gtid-mode": "ON" } }],
])("accepts parameters %s", (_, props) => {
  database(props);
});

it("takes a parameter that it does not know unchecked, and refuses one that is given twice", () => {
  const group = database({ uncheckedParameters: { zzz: { value: "1", applyMethod: "immediate" } } });
  expect(group.only("aws_db_parameter_group")["parameter"]).toEqual([
    { name: "zzz", value: "1", apply_method: "immediate" },
    { name: "rds.force_ssl", value: "1", apply_method: "pending-reboot" },
  ]);
  const twice = { parameters: { work_mem: "4096" }, uncheckedParameters: { work_mem: "8192" } };
  expect(refused(twice)).toEqual([
    "[test/database] uncheckedParameters: expected each parameter once, in parameters or here, got work_mem. Keep it in parameters.",
  ]);
  expect(refused({ uncheckedParameters: { "rds.force_ssl": "0" } })).toHaveLength(1);
});
