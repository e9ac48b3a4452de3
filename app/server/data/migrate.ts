import { setTimeout as delay } from "node:timers/promises";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import { Client, escapeIdentifier } from "pg";
import { type MigrationConfiguration } from "../configuration";
import { postgresOptions } from "./open-database";
import { failureKindOf, toDatabaseError } from "./failures";
import { migrationsFolder } from "./migrations";
import { grants } from "./privileges";

/** Key of the advisory lock: any number, as long as every release takes the same. */
const LOCK = 7_303_014;

export interface MigrationTimes {
  /** Milliseconds to go on trying while the database cannot be reached. */
  readonly reachMs: number;
  /** Milliseconds to wait for another migration to end. */
  readonly lockMs: number;
  /** Milliseconds that a statement waits for a table which the running app holds: an app that waits behind it would stand still as long. */
  readonly tableMs: number;
  /** Milliseconds that one statement may take. */
  readonly statementMs: number;
}

export const MIGRATION_TIMES: MigrationTimes = { reachMs: 30_000, lockMs: 60_000, tableMs: 5000, statementMs: 60_000 };

const CONNECT_MS = 5000;
const RETRY_MS = 500;

/**
 * Brings the schema up to date and gives the app's user what it needs. Two at once wait for each other, and a second run does nothing.
 * @returns how many migrations the database has had in all
 * @throws DatabaseUnavailable, DatabaseFault; the migrations of this run are then undone together
 */
export async function migrateDatabase(
  { database, appUser }: Pick<MigrationConfiguration, "database" | "appUser">,
  times: MigrationTimes = MIGRATION_TIMES,
): Promise<number> {
  const client = await connect(database, Date.now() + times.reachMs);
  try {
    await client.query(`set statement_timeout = ${times.lockMs + times.statementMs}`);
    await client.query(`set lock_timeout = ${times.lockMs}`);
    // Held by the connection: gone with it, whatever becomes of this process.
    await client.query("select pg_advisory_lock($1)", [LOCK]);
    await client.query(`set lock_timeout = ${times.tableMs}`);
    await client.query(`set statement_timeout = ${times.statementMs}`);
    await migrate(drizzle(client), { migrationsFolder: migrationsFolder() });
    if (appUser !== undefined) await provide(client, database.database, appUser);
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

/** A new database takes a while to have a name and to listen. */
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
    // The statement that runs is rejected besides; without a listener the process would end here.
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

/** The app's user: may sign in, and do with each table what the app does. */
async function provide(client: Client, database: string, { name, iam }: { name: string; iam: boolean }): Promise<void> {
  const role = escapeIdentifier(name);
  const { rows } = await client.query<{ rolname: string }>("select rolname from pg_roles where rolname = any($1)", [
    [name, "rds_iam"],
  ]);
  const roles = rows.map(({ rolname }) => rolname);
  const statements = [
    ...(roles.includes(name) ? [] : [`create role ${role} login`]),
    // Whoever has it signs in by token and no longer by password.
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

/** Drizzle wraps the driver's errors and adds the text of the statement. */
function causeOf(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof Error ? error.cause : error;
}
