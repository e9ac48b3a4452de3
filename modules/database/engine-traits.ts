import { type DatabaseEngine } from "./engine-versions";

export type Dialect = "postgresql" | "mysql";

export interface EngineTraits {
  readonly dialect: Dialect;
  /** Whether the engine runs as an Aurora cluster rather than as one RDS instance. */
  readonly isCluster: boolean;
  readonly defaultPort: number;
  /** The parameter that refuses connections without TLS. RDS for MySQL accepts 1, Aurora MySQL ON. */
  readonly forceTls: { readonly name: string; readonly value: string };
  /** Logs that RDS can send to CloudWatch Logs. Source: RDS API reference, CreateDBInstance.EnableCloudwatchLogsExports. */
  readonly logs: readonly string[];
  readonly defaultLogs: readonly string[];
  /** Parameters that the exported logs need; without them they stay empty. */
  readonly logParameters: Readonly<Record<string, string>>;
  readonly userNameMaxLength: number;
  readonly databaseNameMaxLength: number;
}

const POSTGRESQL = {
  dialect: "postgresql",
  defaultPort: 5432,
  forceTls: { name: "rds.force_ssl", value: "1" },
  logParameters: {},
  userNameMaxLength: 63,
  databaseNameMaxLength: 63,
} as const;

const MYSQL = {
  dialect: "mysql",
  defaultPort: 3306,
  defaultLogs: ["error", "slowquery"],
  userNameMaxLength: 32,
  databaseNameMaxLength: 64,
} as const;

/** MySQL's slow query log contains the statements that take longer than `long_query_time` seconds. */
const SLOW_QUERY = { slow_query_log: "1", long_query_time: "1" } as const;

export const ENGINE_TRAITS: Readonly<Record<DatabaseEngine, EngineTraits>> = {
  postgres: {
    ...POSTGRESQL,
    isCluster: false,
    logs: ["postgresql", "upgrade", "iam-db-auth-error"],
    defaultLogs: ["postgresql", "upgrade"],
  },
  mysql: {
    ...MYSQL,
    isCluster: false,
    forceTls: { name: "require_secure_transport", value: "1" },
    logs: ["audit", "error", "general", "slowquery", "iam-db-auth-error"],
    // The default, TABLE, keeps the log inside the database, from where it cannot be exported.
    logParameters: { ...SLOW_QUERY, log_output: "FILE" },
  },
  "aurora-postgresql": {
    ...POSTGRESQL,
    isCluster: true,
    logs: ["postgresql", "instance", "iam-db-auth-error"],
    defaultLogs: ["postgresql"],
  },
  "aurora-mysql": {
    ...MYSQL,
    isCluster: true,
    forceTls: { name: "require_secure_transport", value: "ON" },
    logs: ["audit", "error", "general", "slowquery", "instance", "iam-db-auth-error"],
    logParameters: SLOW_QUERY,
  },
};
