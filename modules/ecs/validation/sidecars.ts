import { type Checks, formatValue } from "../../core/checks";
import { isUnresolved } from "../../core/tokens";
import { type CompleteFargateTaskProps } from "../defaults";
import { MIGRATION_CONTAINER } from "../migration";
import { HIGHEST_PORT, LOWEST_PORT } from "../ports";
import { type CompleteSidecar } from "../sidecars";
import { checkCommand, checkHealthCheck, checkImage, checkUser } from "./container";
import { checkEnvironment } from "./environment";

/** Source: ECS API reference, TaskDefinition.containerDefinitions. */
const MAX_CONTAINERS = 10;
/** Shorter than ECS allows, because names of volumes begin with it. */
const NAME = /^(?=.{1,64}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const PATH = /^(?:\/[A-Za-z0-9._-]+)+$/;

/** From what ECS accepts for a container to the largest task. Source: ECS API reference, ContainerDefinition.memory; ECS developer guide, task size. */
const SIZES = {
  cpu: { min: 1, max: 16_384, unit: "CPU units" },
  memoryMiB: { min: 6, max: 122_880, unit: "MiB" },
} as const;

/** Refuses sidecars that ECS or the task has no room for, and what a container is refused for. */
export function checkSidecars(checks: Checks, props: CompleteFargateTaskProps): void {
  const entries = Object.entries(props.sidecars);
  for (const [name, sidecar] of entries) {
    checkName(checks, name, props);
    if (!checks.required(`sidecars.${name}`, sidecar, "Pass its image.")) continue;
    checkSidecar(checks, `sidecars.${name}.`, { sidecar, plainTextReasons: props.plainTextReasons });
  }
  checkPorts(checks, props);
  checkRoom(checks, props);
  const others = props.migration ? 2 : 1;
  checks.require(entries.length + others <= MAX_CONTAINERS, {
    code: "core/wrong-count",
    prop: "sidecars",
    expected: `at most ${MAX_CONTAINERS - others}`,
    got: `${entries.length}`,
    remedy: `A task has at most ${MAX_CONTAINERS} containers.`,
  });
}

function checkName(checks: Checks, name: string, { containerName }: CompleteFargateTaskProps): void {
  checks.matches(
    "sidecars",
    name,
    NAME,
    "keys of lower-case letters, digits and single hyphens, at most 64 characters",
    "The key is the name of the container.",
  );
  const taken = name === containerName || name === MIGRATION_CONTAINER || name === "tmp" || name.startsWith("exec-");
  checks.require(!taken, {
    code: "ecs/container-name-taken",
    prop: `sidecars.${name}`,
    expected: "a name of its own",
    got: formatValue(name),
    remedy: "The app, the migration, or a volume of the task has this name.",
  });
}

function checkSidecar(
  checks: Checks,
  prefix: string,
  { sidecar, plainTextReasons }: { sidecar: CompleteSidecar; plainTextReasons: Readonly<Record<string, string>> },
): void {
  const { user, command, healthCheckCommand, environment, secrets, appWaitsFor, writablePaths } = sidecar;
  checkImage(checks, sidecar, prefix);
  if (user !== undefined) checkUser(checks, `${prefix}user`, user);
  if (command !== undefined) checkCommand(checks, `${prefix}command`, command);
  if (healthCheckCommand !== undefined) checkHealthCheck(checks, `${prefix}healthCheckCommand`, healthCheckCommand);
  checks.require(appWaitsFor !== "HEALTHY" || healthCheckCommand !== undefined, {
    code: "ecs/sidecar-health",
    prop: `${prefix}appWaitsFor`,
    expected: "a healthCheckCommand that says when it is healthy",
    got: "none",
    remedy: 'Pass healthCheckCommand, or wait for "START".',
  });
  checkEnvironment(checks, { prefix, environment, secrets, plainTextReasons });
  checks.literalBoolean(`${prefix}essential`, sidecar.essential);
  for (const path of writablePaths) {
    const remedy = "Pass the absolute path of a folder, for example /var/run/agent.";
    checks.matches(`${prefix}writablePaths`, path, PATH, "absolute paths below the root", remedy);
  }
  checks.distinct(`${prefix}writablePaths`, writablePaths, "folder", "Remove the repeated folder.");
}

/** Containers of a task share one network interface: a port that two listen on stops the second from starting. */
function checkPorts(checks: Checks, { sidecars, containerPort }: CompleteFargateTaskProps): void {
  const taken = new Map<number, string>(containerPort === undefined ? [] : [[containerPort, "the app"]]);
  for (const [name, sidecar] of Object.entries(sidecars)) {
    const prop = `sidecars.${name}.ports`;
    for (const port of sidecar?.ports ?? []) {
      const remedy = "A user who is not root, without capabilities, cannot listen below 1024.";
      checks.integer(prop, port, { min: LOWEST_PORT, max: HIGHEST_PORT }, remedy);
      const other = isUnresolved(port) ? undefined : taken.get(port);
      checks.require(other === undefined, {
        code: "ecs/port-taken",
        prop,
        expected: "a port that no other container of the task has",
        got: `${formatValue(port)}, which ${other} listens on`,
        remedy: "Let it listen on another port.",
      });
      taken.set(port, `the sidecar ${name}`);
    }
  }
}

/** Refuses sidecars that are given more than the task has, or that leave the app nothing. */
function checkRoom(checks: Checks, { sidecars, cpu, memoryMiB }: CompleteFargateTaskProps): void {
  const tasks = { cpu, memoryMiB };
  for (const field of ["cpu", "memoryMiB"] as const) {
    const whole = tasks[field];
    const { unit } = SIZES[field];
    const given = Object.entries(sidecars).flatMap(([name, sidecar]) => {
      const value = sidecar?.[field];
      if (value === undefined) return [];
      checks.integer(`sidecars.${name}.${field}`, value, SIZES[field], "Measure what it uses.");
      return [value];
    });
    const known = ![whole, ...given].some((value) => isUnresolved(value) || !Number.isFinite(value));
    const sum = given.reduce((total, value) => total + value, 0);
    checks.require(given.length === 0 || !known || sum < whole, {
      code: "ecs/sidecar-room",
      prop: field,
      expected: `more than the ${sum} ${unit} of the sidecars`,
      got: formatValue(whole),
      remedy: "Choose a larger task, or give the sidecars less: the app has what they leave.",
    });
  }
}
