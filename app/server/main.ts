import { join } from "node:path";
import {
  type Configuration,
  ConfigurationError,
  type EmbeddedConfiguration,
  EXIT_CONFIGURATION,
  readConfiguration,
} from "./configuration";
import { DEMO_ACCOUNTS, seedDemo } from "./demo";
import { migrateAtStart } from "./migrate-at-start";
import { logConsole } from "./operations/console";
import { handleUncaughtErrors } from "./operations/uncaught-errors";
import { createLog } from "./operations/log";
import { Shutdown } from "./operations/shutdown";
import { startTask, type Task } from "./task";

const EXIT_FAILED_TO_START = 1;

async function main(): Promise<void> {
  const configuration = configured();
  const log = createLog({ level: configuration.logLevel, service: configuration.serviceName });
  // In development, a person reads the console.
  if (configuration.production) logConsole(log);
  const shutdown = new Shutdown({ log, exit: (code) => process.exit(code) });
  handleUncaughtErrors(log, (code) => shutdown.uncaughtError(code));
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => shutdown.request(signal));
  try {
    if (configuration.migrateAtStart) await migrateAtStart(process.env, log);
    const task = await startTask(configuration, log);
    shutdown.ready(() => (configuration.production ? task.close() : closeWithoutDelay(task)));
    log.info({ port: configuration.port, adapter: configuration.adapter }, "listening");
    // Last, so that it is what a person sees who starts it.
    const { database, publicOrigin } = configuration;
    if (database.kind === "embedded") await showDemo(task, publicOrigin, database);
  } catch (error) {
    log.fatal({ err: error }, "could not start");
    process.exit(EXIT_FAILED_TO_START);
  }
}

function configured(): Configuration {
  try {
    return readConfiguration(process.env, {
      folder: join(process.cwd(), process.env["DEVELOPMENT_FOLDER"] ?? ".dev", "data"),
    });
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return process.exit(EXIT_CONFIGURATION);
  }
}

/** For development, where every saved file restarts the server. */
async function closeWithoutDelay(task: Task): Promise<void> {
  const closed = task.close();
  void task.close();
  await closed;
}

/** Prints the demo accounts, at each start. Their password stays the same until the folder with the generated secrets is removed. */
async function showDemo(
  { services }: Task,
  publicOrigin: string,
  { demoPassword: password }: EmbeddedConfiguration,
): Promise<void> {
  await seedDemo(services, password);
  const accounts = DEMO_ACCOUNTS.map(({ email, role }) => `  ${email} (${role})`).join("\n");
  process.stdout.write(`\n${publicOrigin}\nDemo accounts, all with the password ${password}\n${accounts}\n\n`);
}

void main();
