import { type MigrationSecretVariable } from "../contract";
import { readMigrationConfiguration } from "./configuration";
import { migrateDatabase } from "./data/migrate";
import { type Log } from "./operations/log";

const CREDENTIALS: MigrationSecretVariable = "DATABASE_MASTER_CREDENTIALS";

/**
 * Migrates the database in the server's own process, for a compute that cannot run a task before the service, and forgets the master user's
 * password. Several servers may start at once: their migrations wait for each other.
 *
 * @throws ConfigurationError, DatabaseUnavailable or DatabaseFault
 */
export async function migrateAtStart(environment: NodeJS.ProcessEnv, log: Log): Promise<void> {
  const migrations = await migrateDatabase(readMigrationConfiguration(environment));
  // What starts later, such as the pages, has no use for it.
  delete environment[CREDENTIALS];
  log.info({ migrations }, "the database is up to date");
}
