import { z } from "zod";
import { type MigrationSecretVariable } from "../../contract";
import { firstProblemOfEach, parseVariables, requireAll } from "./configuration";
import { databaseOf, type PostgresConfiguration } from "./dependencies";
import { ConfigurationError, type Problem } from "./problems";

export interface MigrationConfiguration {
  /** With the user that may change the schema. */
  readonly database: PostgresConfiguration;
  /** The app's user, which the migration creates; `undefined` when the migration itself runs as that user. */
  readonly appUser: { readonly name: string; readonly iam: boolean } | undefined;
  readonly logLevel: string;
  readonly serviceName: string;
}

const CREDENTIALS: MigrationSecretVariable = "DATABASE_MASTER_CREDENTIALS";

const credentials = z.object({ username: z.string().min(1), password: z.string().min(1) });

/**
 * Reads the migration's variables: those of the database, and the master user's credentials when the app's user may not change the schema.
 * @throws ConfigurationError with every problem, by the variable's name and never its value
 */
export function readMigrationConfiguration(
  environment: Readonly<Record<string, string | undefined>>,
): MigrationConfiguration {
  const problems: Problem[] = [];
  const values = parseVariables(environment, problems);
  requireAll(["NODE_ENV", "DATABASE_URL"], environment, problems);
  const given = environment[CREDENTIALS];
  const master = given ? masterOf(given, problems) : undefined;
  // The master user signs in by password, whatever DATABASE_AUTH is.
  const production = environment["NODE_ENV"] === "production";
  const database = databaseOf(given ? { ...values, DATABASE_AUTH: "none" } : values, production, problems);
  if (problems.length > 0 || database?.kind !== "postgres") throw new ConfigurationError(firstProblemOfEach(problems));
  const shared = { logLevel: values.LOG_LEVEL ?? "info", serviceName: values.SERVICE_NAME ?? "migration" };
  if (master === undefined) return { database, appUser: undefined, ...shared };
  return {
    database: { ...database, user: master.username, auth: { kind: "none", password: master.password } },
    appUser: { name: database.user, iam: values.DATABASE_AUTH === "iam" },
    ...shared,
  };
}

function masterOf(text: string, problems: Problem[]): z.output<typeof credentials> | undefined {
  try {
    return credentials.parse(JSON.parse(text));
  } catch {
    problems.push({ variable: CREDENTIALS, expected: "JSON with username and password, as RDS manages it" });
    return undefined;
  }
}
