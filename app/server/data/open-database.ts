import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { type DatabaseConfiguration, type PostgresConfiguration } from "../configuration";
import { type Database } from "./database";
import { migrateEmbedded } from "./migrations";
import { passwordSource } from "./passwords";
import { EmbeddedDatabase, openPglite } from "./embedded-database";
import { Postgres, type PostgresOptions } from "./postgres";

/**
 * The database that the configuration names. PostgreSQL is not asked yet, so that a task starts while it is away; the embedded one is
 * brought up to date here.
 * @param onIdleError told about connections that broke while nobody used them
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
