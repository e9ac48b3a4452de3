import { type Checks, formatValue } from "../../core/checks";
import { checkHeartbeat } from "../../core/heartbeat";
import { isUnresolved } from "../../core/tokens";
import { HIGHEST_PORT, LOWEST_PORT } from "../../ecs/ports";
import { type CompleteAppRunnerServiceProps } from "../defaults";
import { INSTANCE_SIZES } from "../instance-sizes";
import { LONGEST_REQUEST_SEC, MAX_CONCURRENCY, WEBSOCKET_REQUEST } from "../limits";

/** Instances of a service unless AWS has raised the account's quota. Source: App Runner endpoints and quotas, AWS General Reference. */
const MAX_INSTANCES = 25;

/** Refuses sizes that App Runner does not have, bounds that contradict each other, and instances that Socket.IO cannot share. */
export function checkInstances(checks: Checks, props: CompleteAppRunnerServiceProps): void {
  const { containerPort, minInstances, maxInstances, maxConcurrency } = props;
  if (checks.required("containerPort", containerPort, "Pass the port that the app listens on, such as 3000.")) {
    const remedy = "A user who is not root, without capabilities, cannot listen below 1024.";
    checks.integer("containerPort", containerPort, { min: LOWEST_PORT, max: HIGHEST_PORT }, remedy);
  }
  checkInstanceSize(checks, props);
  const range = { min: 1, max: MAX_INSTANCES, unit: "instances" };
  checks.integer("minInstances", minInstances, range, "App Runner keeps at least one.");
  checks.integer("maxInstances", maxInstances, range, "App Runner has at most 25 for a service.");
  const known = !isUnresolved(minInstances) && !isUnresolved(maxInstances);
  checks.require(!known || !(minInstances > maxInstances), {
    code: "app-runner-service/instance-counts",
    prop: "maxInstances",
    expected: `at least minInstances, ${formatValue(minInstances)}`,
    got: formatValue(maxInstances),
    remedy: "Raise it, or lower minInstances.",
  });
  checkMaxConcurrency(checks, maxConcurrency);
  checkSocketIo(checks, props);
}

/** Refuses more requests than App Runner gives an instance. */
export function checkMaxConcurrency(checks: Checks, maxConcurrency: number | undefined): void {
  const range = { min: 1, max: MAX_CONCURRENCY, unit: "requests" };
  checks.integer("maxConcurrency", maxConcurrency, range, "App Runner gives an instance no more at once.");
}

/** Refuses sizes that App Runner does not have. */
export function checkInstanceSize(
  checks: Checks,
  { cpu, memoryMiB }: Pick<CompleteAppRunnerServiceProps, "cpu" | "memoryMiB">,
): void {
  const memories = INSTANCE_SIZES.get(cpu);
  const code = "app-runner-service/instance-size";
  checks.require(isUnresolved(cpu) || memories !== undefined, {
    code,
    prop: "cpu",
    expected: `one of ${[...INSTANCE_SIZES.keys()].join(", ")} CPU units (1024 = 1 vCPU)`,
    got: formatValue(cpu),
    remedy: "App Runner knows no other sizes.",
  });
  if (memories === undefined || isUnresolved(memoryMiB)) return;
  checks.require(memories.includes(memoryMiB), {
    code,
    prop: "memoryMiB",
    expected: `with ${cpu} CPU units one of ${memories.join(", ")} MiB`,
    got: formatValue(memoryMiB),
    remedy: "Take one of these, or another cpu.",
  });
}

function checkSocketIo(checks: Checks, props: CompleteAppRunnerServiceProps): void {
  const { socketIo, maxInstances, heartbeat } = props;
  if (socketIo !== true) return;
  checks.require(!isUnresolved(maxInstances) && maxInstances === 1, {
    code: "app-runner-service/socket-io-instances",
    prop: "maxInstances",
    expected: "1 with Socket.IO",
    got: formatValue(maxInstances),
    remedy: `App Runner has neither WebSockets (${WEBSOCKET_REQUEST}) nor sticky sessions for long-polling: use FargateService behind AlbWebsocket for more, or set socketIo to false if there is none.`,
  });
  if (!checkHeartbeat(checks, "heartbeat", heartbeat)) return;
  checks.require(heartbeat.pingIntervalSec < LONGEST_REQUEST_SEC, {
    code: "app-runner-service/poll-too-long",
    prop: "heartbeat.pingIntervalSec",
    expected: `less than ${LONGEST_REQUEST_SEC} seconds`,
    got: formatValue(heartbeat.pingIntervalSec),
    remedy: "A poll stays open until the next ping, and App Runner ends every request then. Socket.IO's default is 25.",
  });
}
