import { contract } from "../contract";
import {
  ConfigurationError,
  EXIT_CONFIGURATION,
  type MigrationConfiguration,
  readMigrationConfiguration,
} from "./configuration";
import { migrateDatabase } from "./data/migrate";
import { createLog } from "./operations/log";

/** Seconds before the contract's limit at which the migration gives up, so that its log line is still written. */
const MARGIN_SEC = 5;

function configure(): MigrationConfiguration {
  try {
    return readMigrationConfiguration(process.env);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(EXIT_CONFIGURATION);
  }
}

async function main(): Promise<void> {
  const configuration = configure();
  const log = createLog({ level: configuration.logLevel, service: configuration.serviceName });
  const seconds = contract.container.migrateSec - MARGIN_SEC;
  setTimeout(() => {
    log.fatal({ seconds }, "the migration took too long and was given up");
    process.exit(1);
  }, seconds * 1000).unref();
  try {
    const migrations = await migrateDatabase(configuration);
    log.info({ migrations }, "the database is up to date");
  } catch (error) {
    log.fatal({ reason: error instanceof Error ? error.message : "unknown" }, "the migration failed");
    process.exitCode = 1;
  }
}

void main();
