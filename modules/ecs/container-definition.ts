import { type Construct } from "constructs";
import { FARGATE_MAX_STOP_TIMEOUT_SEC, stopTimeoutSec } from "../core/drain";
import { escapeTemplate, isUnresolved } from "../core/tokens";
import { jsonText } from "./json-text";
import { type CompleteMigration, MIGRATION_CONTAINER } from "./migration";
import { type CompleteEcsServiceProps } from "./defaults";
import { type SecretVariables, valueFrom } from "./secrets";
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

/** Returns the path in every container of each volume, by volume name. */
export function taskVolumes({ enableExecuteCommand }: CompleteEcsServiceProps): Readonly<Record<string, string>> {
  return { tmp: "/tmp", ...(enableExecuteCommand ? EXEC_PATHS : {}) };
}

/** Returns the JSON of a task's containers, with keys in a fixed order and variables sorted by name. */
export function containerDefinitions(scope: Construct, props: CompleteEcsServiceProps, logs: ContainerLogs): string {
  const { migration } = props;
  const containers = migration
    ? [migrationContainer(scope, props, migration, logs), appContainer(scope, props, logs)]
    : [appContainer(scope, props, logs)];
  const json = JSON.stringify(containers);
  validateDefinitionSize(scope, json);
  return json;
}

function appContainer(scope: Construct, props: CompleteEcsServiceProps, logs: ContainerLogs): object {
  const { containerName, containerPort, command, environment, secrets, migration, drainSec, bootSec } = props;
  const text = textOf(scope, "app");
  return {
    name: containerName,
    ...hardening(props),
    essential: true,
    command: command?.map((part, index) => text(`command-${index}`, part)),
    portMappings:
      containerPort === undefined ? undefined : [{ containerPort, hostPort: containerPort, protocol: "tcp" }],
    environment: nameValuePairs(encoded(text, environment)),
    secrets: injected(secrets),
    // SUCCESS, not COMPLETE: the exit code of the migration decides.
    dependsOn: migration ? [{ containerName: MIGRATION_CONTAINER, condition: "SUCCESS" }] : undefined,
    healthCheck: props.healthCheckCommand && {
      command: props.healthCheckCommand.map((part, index) => text(`health-check-${index}`, part)),
      interval: 30,
      timeout: 5,
      retries: 3,
      startPeriod: Math.min(bootSec, MAX_START_PERIOD_SEC),
    },
    stopTimeout: stopTimeoutSec(drainSec),
    logConfiguration: logConfiguration(logs, containerName),
  };
}

function migrationContainer(
  scope: Construct,
  props: CompleteEcsServiceProps,
  migration: CompleteMigration,
  logs: ContainerLogs,
): object {
  const text = textOf(scope, MIGRATION_CONTAINER);
  return {
    name: MIGRATION_CONTAINER,
    ...hardening(props),
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

/** Merges the app's variables with those of the migration, which take precedence, as do its secrets of the same name. */
function migrationEnvironment(
  scope: Construct,
  { environment }: CompleteEcsServiceProps,
  migration: CompleteMigration,
): Variables {
  const own = encoded(textOf(scope, MIGRATION_CONTAINER), migration.environment);
  const inherited = Object.entries(encoded(textOf(scope, "app"), environment));
  const kept = inherited.filter(([name]) => !Object.hasOwn(migration.secrets, name));
  return { ...Object.fromEntries(kept), ...own };
}

function hardening(props: CompleteEcsServiceProps): object {
  return {
    image: isUnresolved(props.image) ? props.image : escapeTemplate(props.image),
    user: props.user,
    readonlyRootFilesystem: true,
    linuxParameters: { initProcessEnabled: true, capabilities: { drop: ["ALL"] } },
    mountPoints: Object.entries(taskVolumes(props)).map(([sourceVolume, containerPath]) => ({
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
