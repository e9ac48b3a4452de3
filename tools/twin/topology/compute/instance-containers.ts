import { type Container, type ContainerHealthCheck, type Dependency } from "../topology";
import { type UserDataFiles } from "./user-data-files";

export const NGINX = "nginx";
const MIGRATION = "migration";
/** systemd's wait between SIGTERM and SIGKILL where a unit says nothing. Source: systemd-system.conf(5), DefaultTimeoutStopSec. */
const STOP_TIMEOUT_SEC = 90;
/** The scripts of an instance ask once a second whether a process is healthy, and wait 5 s for the answer. */
const CHECK_INTERVAL_SEC = 1;
const CHECK_TIMEOUT_SEC = 5;

/** The settings that the scripts of an instance read. */
export type Settings = Readonly<Record<string, string>>;

/**
 * Returns the programs of an instance as containers: nginx, the migration and the processes. nginx ends last, as systemd's order has it,
 * because the processes depend on it.
 */
export function instanceContainers(files: UserDataFiles, settings: Settings): Container[] {
  return [...proxyAndMigration(files, settings), ...processes(files, settings)];
}

/** Returns the names of the processes' containers. */
export function processNames(settings: Settings): string[] {
  return Array.from({ length: Number(settings["PROCESSES"]) }, (_, number) => `process-${number}`);
}

function proxyAndMigration(files: UserDataFiles, settings: Settings): Container[] {
  const command = files.optional("/etc/app/migration.json");
  const nginx = program(NGINX, settings, {});
  if (command === undefined) return [nginx];
  const migration = program(MIGRATION, settings, {
    essential: false,
    command: JSON.parse(command) as string[],
    environment: files.variables("/etc/app/app.env"),
    secrets: files.pairs("/etc/app/migration.secrets"),
    startTimeoutSec: timeoutOf(files.text("/etc/systemd/system/app-migrate.service"), "TimeoutStartSec"),
  });
  return [nginx, migration];
}

function processes(files: UserDataFiles, settings: Settings): Container[] {
  const dependsOn: Dependency[] = [{ container: NGINX, condition: "START" }];
  if (files.optional("/etc/app/migration.json") !== undefined) {
    dependsOn.push({ container: MIGRATION, condition: "SUCCESS" });
  }
  const stopTimeoutSec = timeoutOf(files.text("/etc/systemd/system/app@.service"), "TimeoutStopSec");
  return processNames(settings).map((name, number) =>
    program(name, settings, {
      environment: {
        ...files.variables("/etc/app/app.env"),
        ...files.variables(`/etc/app/process-${number}.env`),
      },
      secrets: files.pairs("/etc/app/secrets"),
      dependsOn,
      stopTimeoutSec,
      healthCheck: healthCheck(settings),
    }),
  );
}

/** Fails after the time of a boot, as the agent's check does. */
function healthCheck({ HEALTH_PATH = "/", BOOT_SEC }: Settings): ContainerHealthCheck {
  return {
    command: ["CMD-SHELL", `curl -fs -o /dev/null -m ${CHECK_TIMEOUT_SEC} "http://$HOSTNAME:$PORT${HEALTH_PATH}"`],
    intervalSec: CHECK_INTERVAL_SEC,
    timeoutSec: CHECK_TIMEOUT_SEC,
    retries: Number(BOOT_SEC),
    startPeriodSec: 0,
  };
}

function program(name: string, { IMAGE = "" }: Settings, settings: Partial<Container>): Container {
  return {
    name,
    image: IMAGE,
    essential: true,
    command: undefined,
    environment: {},
    secrets: {},
    dependsOn: [],
    startTimeoutSec: STOP_TIMEOUT_SEC,
    stopTimeoutSec: STOP_TIMEOUT_SEC,
    healthCheck: undefined,
    isolation: {
      user: undefined,
      readonlyRoot: true,
      init: false,
      droppedCapabilities: [],
      volumes: [],
      openFiles: undefined,
    },
    ...settings,
  };
}

function timeoutOf(unit: string, directive: string): number {
  const seconds = new RegExp(`^${directive}=(\\d+)$`, "m").exec(unit)?.[1];
  return seconds === undefined ? STOP_TIMEOUT_SEC : Number(seconds);
}
