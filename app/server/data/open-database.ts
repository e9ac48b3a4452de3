import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { type DatabaseConfiguration, type PostgresConfiguration } from "../configuration";
import { type Database } from "./database";
import { migrateEmbedded } from "./migrations";
import { passwordSource } from "./passwords";
import { EmbeddedDatabase, openPglite } from "./embedded-database";
import { Postgres, type PostgresOptions } from "./postgres";

/**
 * Opens the configured database. Does not connect to PostgreSQL yet, so that a task starts while it is unavailable; migrates the embedded
 * database.
 * @param onIdleError receives the errors of connections that broke while they were not in use
 */
export async function openDatabase(
  configuration: DatabaseConfiguration,
  onIdleError?: (error: Error) => void,
): Promise<Database> {
  if (configuration.kind === "postgres") {
    return new Postgres({ ...postgresOptions(configuration), ...(onIdleError && { onIdleError }) });
  }
  const { directory } = configuration;
  await mkdir(dirname(directory), { recursive: true });
  const pglite = await openPglite(directory);
  await migrateEmbedded(pglite);
  return new EmbeddedDatabase(pglite);
}

export function postgresOptions(configuration: PostgresConfiguration): PostgresOptions {
  const { host, port, database, user, tls, auth, connections } = configuration;
  return {
    host,
    port,
    database,
    user,
    tls,
    password: passwordSource(auth, { host, port, user }),
    ...(connections !== undefined && { limits: { connections } }),
  };
}
