import { type DatabaseEngine } from "./engine-versions";

export type Dialect = "postgresql" | "mysql";

export interface EngineTraits {
  readonly dialect: Dialect;
  /** Whether it is an Aurora cluster rather than one RDS instance. */
  readonly isCluster: boolean;
  readonly defaultPort: number;
  /** The parameter that refuses connections without TLS. MySQL instances take 1 where Aurora MySQL takes ON. */
  readonly forceTls: { readonly name: string; readonly value: string };
  /** Logs that RDS can send to CloudWatch Logs. Source: RDS API reference, CreateDBInstance.EnableCloudwatchLogsExports. */
  readonly logs: readonly string[];
  readonly defaultLogs: readonly string[];
  /** Parameters without which the exported logs stay empty. */
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

/** Statements that take longer than this many seconds are in MySQL's slow query log. */
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
    // The default, TABLE, keeps the log inside the database, where no export finds it.
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
