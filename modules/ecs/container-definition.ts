import { type Construct } from "constructs";
import { FARGATE_MAX_STOP_TIMEOUT_SEC, stopTimeoutSec } from "../core/drain";
import { escapeTemplate, isUnresolved } from "../core/tokens";
import { jsonText } from "./json-text";
import { type CompleteMigration, MIGRATION_CONTAINER } from "./migration";
import { type CompleteTaskProps } from "./defaults";
import { type SecretVariables, valueFrom } from "./secrets";
import { type CompleteSidecar, SIDECAR_STOP_SEC, sidecarVolumes } from "./sidecars";
import { validateDefinitionSize } from "./validation/definition-size";

/** Limit of open files in a container; every socket is one. */
const OPEN_FILES = 65_536;

/** Buffer for log lines that CloudWatch has not accepted yet. Source: AWS containers blog, "Preventing log loss with non-blocking mode in the AWSLogs container log driver". */
const LOG_BUFFER = "25m";

/** Longest start period of a health check, in seconds. Source: ECS API reference, HealthCheck.startPeriod. */
const MAX_START_PERIOD_SEC = 300;

/** Where the agent of ECS Exec writes. AWS does not support it on a read-only root file system; volumes are the known workaround. Source: aws/containers-roadmap#1359. */
const EXEC_PATHS = { "exec-lib": "/var/lib/amazon", "exec-log": "/var/log/amazon" } as const;

export interface ContainerLogs {
  readonly groupName: string;
  readonly region: string;
}

/** Returns the names of the task's volumes: those that containers share, and those of single sidecars. */
export function taskVolumes(props: CompleteTaskProps): readonly string[] {
  const own = sorted(props.sidecars).flatMap(([name, sidecar]) => Object.keys(sidecarVolumes(name, sidecar)));
  return [...Object.keys(taskPaths(props)), ...own];
}

/** Returns the path in the app's and in the migration's container of each volume, by volume name. */
function taskPaths(props: CompleteTaskProps): Readonly<Record<string, string>> {
  return { tmp: "/tmp", ...executeCommandPaths(props) };
}

/** Every container needs these, because ECS Exec runs an agent in each. */
function executeCommandPaths({ enableExecuteCommand }: CompleteTaskProps): Readonly<Record<string, string>> {
  return enableExecuteCommand ? EXEC_PATHS : {};
}

/** Returns the JSON of a task's containers, with keys in a fixed order and variables sorted by name. */
export function containerDefinitions(scope: Construct, props: CompleteTaskProps, logs: ContainerLogs): string {
  const { migration, sidecars } = props;
  const containers = [
    ...(migration ? [migrationContainer(scope, props, migration, logs)] : []),
    appContainer(scope, props, logs),
    ...sorted(sidecars).map(([name, sidecar]) => sidecarContainer(scope, props, { name, sidecar, logs })),
  ];
  const json = JSON.stringify(containers);
  validateDefinitionSize(scope, json);
  return json;
}

function appContainer(scope: Construct, props: CompleteTaskProps, logs: ContainerLogs): object {
  const { containerName, containerPort, command, environment, secrets, drainSec, bootSec } = props;
  const text = textOf(scope, "app");
  return {
    name: containerName,
    ...hardening(props, taskPaths(props)),
    essential: true,
    command: command?.map((part, index) => text(`command-${index}`, part)),
    portMappings: containerPort === undefined ? undefined : [portMapping(containerPort)],
    environment: nameValuePairs(encoded(text, environment)),
    secrets: injected(secrets),
    dependsOn: dependenciesOf(props),
    healthCheck: props.healthCheckCommand && {
      ...healthCheck(text, props.healthCheckCommand),
      startPeriod: Math.min(bootSec, MAX_START_PERIOD_SEC),
    },
    stopTimeout: stopTimeoutSec(drainSec),
    logConfiguration: logConfiguration(logs, containerName),
  };
}

function migrationContainer(
  scope: Construct,
  props: CompleteTaskProps,
  migration: CompleteMigration,
  logs: ContainerLogs,
): object {
  const text = textOf(scope, MIGRATION_CONTAINER);
  return {
    name: MIGRATION_CONTAINER,
    ...hardening(props, taskPaths(props)),
    // It exits, and the task has to go on.
    essential: false,
    command: migration.command.map((part, index) => text(`command-${index}`, part)),
    environment: nameValuePairs(migrationEnvironment(scope, props, migration)),
    secrets: injected(migration.secrets),
    startTimeout: migration.timeoutSec,
    // A task that is stopped during a migration leaves the database as much time as Fargate allows to commit or roll back.
    stopTimeout: FARGATE_MAX_STOP_TIMEOUT_SEC,
    logConfiguration: logConfiguration(logs, MIGRATION_CONTAINER),
  };
}

interface SidecarInputs {
  readonly name: string;
  readonly sidecar: CompleteSidecar;
  readonly logs: ContainerLogs;
}

function sidecarContainer(scope: Construct, props: CompleteTaskProps, { name, sidecar, logs }: SidecarInputs): object {
  const text = textOf(scope, `sidecar-${name}`);
  const { image, user = props.user, ports, command, healthCheckCommand, cpu, memoryMiB } = sidecar;
  const paths = { ...executeCommandPaths(props), ...sidecarVolumes(name, sidecar) };
  return {
    name,
    ...hardening({ image, user }, paths),
    essential: sidecar.essential,
    cpu,
    memory: memoryMiB,
    command: command?.map((part, index) => text(`command-${index}`, part)),
    portMappings: ports.length === 0 ? undefined : ports.map(portMapping),
    environment: nameValuePairs(encoded(text, sidecar.environment)),
    secrets: injected(sidecar.secrets),
    healthCheck: healthCheckCommand && healthCheck(text, healthCheckCommand),
    stopTimeout: SIDECAR_STOP_SEC,
    logConfiguration: logConfiguration(logs, name),
  };
}

/** What the app's container waits for; the last to start is the first to stop. */
function dependenciesOf({ migration, sidecars }: CompleteTaskProps): object[] | undefined {
  const conditions = [
    // SUCCESS, not COMPLETE: the exit code of the migration decides.
    ...(migration ? [{ containerName: MIGRATION_CONTAINER, condition: "SUCCESS" }] : []),
    ...sorted(sidecars).map(([containerName, { appWaitsFor }]) => ({ containerName, condition: appWaitsFor })),
  ];
  return conditions.length === 0 ? undefined : conditions;
}

function healthCheck(text: Text, command: readonly string[]): object {
  return {
    command: command.map((part, index) => text(`health-check-${index}`, part)),
    interval: 30,
    timeout: 5,
    retries: 3,
  };
}

function portMapping(port: number): object {
  return { containerPort: port, hostPort: port, protocol: "tcp" };
}

/** Merges the app's variables with those of the migration, which take precedence, as do its secrets of the same name. */
function migrationEnvironment(
  scope: Construct,
  { environment }: CompleteTaskProps,
  migration: CompleteMigration,
): Variables {
  const own = encoded(textOf(scope, MIGRATION_CONTAINER), migration.environment);
  const inherited = Object.entries(encoded(textOf(scope, "app"), environment));
  const kept = inherited.filter(([name]) => !Object.hasOwn(migration.secrets, name));
  return { ...Object.fromEntries(kept), ...own };
}

function hardening(
  { image, user }: Pick<CompleteTaskProps, "image" | "user">,
  paths: Readonly<Record<string, string>>,
): object {
  return {
    image: isUnresolved(image) ? image : escapeTemplate(image),
    user,
    readonlyRootFilesystem: true,
    linuxParameters: { initProcessEnabled: true, capabilities: { drop: ["ALL"] } },
    mountPoints: Object.entries(paths).map(([sourceVolume, containerPath]) => ({
      sourceVolume,
      containerPath,
      readOnly: false,
    })),
    ulimits: [{ name: "nofile", softLimit: OPEN_FILES, hardLimit: OPEN_FILES }],
  };
}

type Text = (id: string, text: string) => string;

type Variables = Readonly<Record<string, string>>;

function textOf(scope: Construct, container: string): Text {
  return (id, text) => jsonText(scope, `${container}-${id}`, text);
}

function encoded(text: Text, environment: Variables): Variables {
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name, text(`environment-${name}`, value)]),
  );
}

function nameValuePairs(environment: Variables): object[] {
  return sorted(environment).map(([name, value]) => ({ name, value }));
}

function injected(secrets: SecretVariables): object[] {
  return sorted(secrets).map(([name, source]) => ({ name, valueFrom: valueFrom(source) }));
}

/** Sorts by code unit, which does not depend on the locale. */
function sorted<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Never blocks the event loop: while CloudWatch is unavailable, lines beyond the buffer are lost and sockets stay open. */
function logConfiguration({ groupName, region }: ContainerLogs, streamPrefix: string): object {
  return {
    logDriver: "awslogs",
    options: {
      "awslogs-group": groupName,
      "awslogs-region": region,
      "awslogs-stream-prefix": streamPrefix,
      mode: "non-blocking",
      "max-buffer-size": LOG_BUFFER,
    },
  };
}
