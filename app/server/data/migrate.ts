import { setTimeout as delay } from "node:timers/promises";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import { Client, escapeIdentifier } from "pg";
import { type MigrationConfiguration } from "../configuration";
import { postgresOptions } from "./open-database";
import { failureKindOf, toDatabaseError } from "./failures";
import { migrationsFolder } from "./migrations";
import { grants } from "./privileges";

/** Key of the advisory lock: any number that is the same in every release. */
const LOCK = 7_303_014;

export interface MigrationTimes {
  /** Milliseconds to keep trying while the database cannot be reached. */
  readonly reachMs: number;
  /** Milliseconds to wait for another migration to finish. */
  readonly lockMs: number;
  /** Milliseconds to wait for a table that the running app has locked: the app's own statements queue behind the migration meanwhile. */
  readonly tableMs: number;
  /** Milliseconds that one statement may take. */
  readonly statementMs: number;
}

export const MIGRATION_TIMES: MigrationTimes = { reachMs: 30_000, lockMs: 60_000, tableMs: 5000, statementMs: 60_000 };

const CONNECT_MS = 5000;
const RETRY_MS = 500;

/**
 * Brings the schema up to date and grants the app's user its privileges. Concurrent migrations wait for each other; a second run changes
 * nothing.
 * @returns the total number of migrations that the database has had
 * @throws DatabaseUnavailable, DatabaseFault; all migrations of this run are then rolled back
 */
export async function migrateDatabase(
  { database, appUser }: Pick<MigrationConfiguration, "database" | "appUser">,
  times: MigrationTimes = MIGRATION_TIMES,
): Promise<number> {
  const client = await connect(database, Date.now() + times.reachMs);
  try {
    await client.query(`set statement_timeout = ${times.lockMs + times.statementMs}`);
    await client.query(`set lock_timeout = ${times.lockMs}`);
    // The connection holds the lock, so that it is released even if this process dies.
    await client.query("select pg_advisory_lock($1)", [LOCK]);
    await client.query(`set lock_timeout = ${times.tableMs}`);
    await client.query(`set statement_timeout = ${times.statementMs}`);
    await migrate(drizzle(client), { migrationsFolder: migrationsFolder() });
    if (appUser !== undefined) await prepareAppUser(client, database.database, appUser);
    const { rows } = await client.query<{ count: number }>(
      "select count(*)::int as count from drizzle.__drizzle_migrations",
    );
    return rows[0]?.count ?? 0;
  } catch (error) {
    throw toDatabaseError(causeOf(error));
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Retries, because a new database's DNS name and listener take a while. */
async function connect(database: MigrationConfiguration["database"], deadline: number): Promise<Client> {
  const { host, port, database: name, user, tls, password } = postgresOptions(database);
  for (;;) {
    const client = new Client({
      host,
      port,
      database: name,
      user,
      ssl: tls,
      ...(password && { password: () => password.password() }),
      connectionTimeoutMillis: CONNECT_MS,
      application_name: "messenger-crm-migration",
    });
    // A running statement is rejected separately; without a listener the error would end the process.
    client.on("error", () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (failureKindOf(error) !== "unavailable" || Date.now() + RETRY_MS > deadline) throw toDatabaseError(error);
      await delay(RETRY_MS);
    }
  }
}

/** Creates the app's user with the privileges that the app needs on each table. */
async function prepareAppUser(
  client: Client,
  database: string,
  { name, iam }: { name: string; iam: boolean },
): Promise<void> {
  const role = escapeIdentifier(name);
  const { rows } = await client.query<{ rolname: string }>("select rolname from pg_roles where rolname = any($1)", [
    [name, "rds_iam"],
  ]);
  const roles = rows.map(({ rolname }) => rolname);
  const statements = [
    ...(roles.includes(name) ? [] : [`create role ${role} login`]),
    // A user with this role can sign in by token only, no longer by password.
    ...(iam && roles.includes("rds_iam") ? [`grant rds_iam to ${role}`] : []),
    `grant connect on database ${escapeIdentifier(database)} to ${role}`,
    "revoke create on schema public from public",
    `grant usage on schema public to ${role}`,
    ...grants(role),
  ];
  await client.query("begin");
  for (const statement of statements) await client.query(statement);
  await client.query("commit");
}

/** Unwraps Drizzle's errors, which contain the statement's text. */
function causeOf(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof Error ? error.cause : error;
}
