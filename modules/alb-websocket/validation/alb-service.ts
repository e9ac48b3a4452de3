import { type Checks, formatValue } from "../../core/checks";
import { shortestDeregistrationDelaySec } from "../../core/drain";
import { isUnresolved, literal } from "../../core/tokens";
import { type Route } from "../routing";
import { type ServiceContext } from "../service-context";
import { type CompleteAlbServiceProps } from "../defaults";
import { TRANSPORTS } from "../alb-service-props";
import { checkHealthCheck } from "./health-check";
import { checkConditions, checkPriority } from "./routing";

/** Returns the shortest deregistration delay for the service's transports, in seconds. */
export function shortestDelaySec({ transports }: CompleteAlbServiceProps, { heartbeat }: ServiceContext): number {
  return shortestDeregistrationDelaySec(heartbeat, transports.includes("polling"));
}

/** @throws ConfigurationError with every problem of the props */
export function validateAlbService(
  checks: Checks,
  props: CompleteAlbServiceProps,
  route: Route,
  context: ServiceContext,
): void {
  if (checks.required("containerPort", props.containerPort, "Name the port that the container listens on.")) {
    checks.integer("containerPort", props.containerPort, { min: 1, max: 65_535 }, "It is the port inside the task.");
  }
  checkLiterals(checks, props);
  checkKeepAlive(checks, props, context);
  checkHealthCheck(checks, props.healthCheck);
  checks.literalBoolean("stickiness", props.stickiness);
  if (checkTransports(checks, props)) {
    checkStickiness(checks, props);
    checkDeregistration(checks, props, context);
  }
  checkAlgorithm(checks, props);
  checkConditions(checks, route, context);
  checkPriority(checks, route, context);
  checks.throwIfInvalid();
}

function checkLiterals(checks: Checks, { deregistrationDelaySec, healthCheck }: CompleteAlbServiceProps): void {
  const computedFrom = {
    deregistrationDelaySec,
    "healthCheck.intervalSec": healthCheck.intervalSec,
    "healthCheck.healthyThreshold": healthCheck.healthyThreshold,
  };
  for (const [prop, value] of Object.entries(computedFrom)) {
    const remedy = "Drain and deploy times are computed from it at synth.";
    checks.require(!isUnresolved(value), {
      code: "core/literal-required",
      prop,
      expected: "a literal number",
      got: formatValue(value),
      remedy,
    });
  }
}

function checkKeepAlive(
  checks: Checks,
  { keepAliveTimeoutSec }: CompleteAlbServiceProps,
  context: ServiceContext,
): void {
  const prop = "keepAliveTimeoutSec";
  const remedy = `Set this prop and the server's keep-alive timeout to ${context.idleTimeoutSec + 5} or more: if the app closes an idle connection first, some requests fail with 502.`;
  if (!checks.required(prop, keepAliveTimeoutSec, remedy)) return;
  const [keepAlive, idle] = [literal(keepAliveTimeoutSec), literal(context.idleTimeoutSec)];
  if (keepAlive === undefined || idle === undefined) return;
  checks.require(typeof keepAlive === "number" && keepAlive > idle, {
    code: "alb-websocket/keep-alive-too-short",
    prop,
    expected: `more than the load balancer's idle timeout of ${idle} s`,
    got: formatValue(keepAlive),
    remedy,
  });
}

function checkTransports(checks: Checks, { transports }: CompleteAlbServiceProps): boolean {
  const known = new Set<string>(TRANSPORTS);
  const valid =
    Array.isArray(transports) && transports.length > 0 && transports.every((name: string) => known.has(name));
  checks.require(valid, {
    code: "alb-websocket/transports",
    prop: "transports",
    expected: `at least one of ${TRANSPORTS.join(", ")}`,
    got: formatValue(transports),
    remedy: "List the transports that the app's Socket.IO server allows.",
  });
  return valid;
}

function checkStickiness(checks: Checks, props: CompleteAlbServiceProps): void {
  checks.require(props.stickiness || !props.transports.includes("polling"), {
    code: "alb-websocket/stickiness-with-polling",
    prop: "stickiness",
    expected: "true while clients may use long-polling",
    got: formatValue(props.stickiness),
    remedy:
      'Polling requests would reach different tasks, which answer 400 "Session ID unknown". Keep it true, or set transports to ["websocket"] here and in the app.',
  });
  checks.integer(
    "stickinessDurationSec",
    props.stickinessDurationSec,
    { min: 1, max: 604_800, unit: "seconds" },
    "AWS allows at most one week.",
  );
  checks.matches(
    "stickinessCookieName",
    props.stickinessCookieName,
    /^(?!AWSALB)[A-Za-z0-9!#$%&'*+.^_`|~-]{1,256}$/i,
    "the name of a cookie that the app sets, not beginning with AWSALB",
    "AWS reserves the names AWSALB, AWSALBAPP and AWSALBTG.",
  );
}

function checkDeregistration(checks: Checks, props: CompleteAlbServiceProps, context: ServiceContext): void {
  const prop = "deregistrationDelaySec";
  const delay = literal(props.deregistrationDelaySec);
  checks.integer(prop, delay, { min: 0, max: 3600, unit: "seconds" }, "Leave it out to use the shortest safe delay.");
  const shortest = shortestDelaySec(props, context);
  checks.require(delay === undefined || delay >= shortest, {
    code: "alb-websocket/deregistration-delay-too-short",
    prop,
    expected: `at least ${shortest} s`,
    got: formatValue(delay),
    remedy: props.transports.includes("polling")
      ? "A long-polling request stays open for up to one ping interval; cutting it off is an error for the client."
      : "Requests in flight would be cut off.",
  });
}

function checkAlgorithm(checks: Checks, { loadBalancingAlgorithm, slowStartSec }: CompleteAlbServiceProps): void {
  const prop = "slowStartSec";
  const slowStart = literal(slowStartSec);
  if (slowStart === undefined || slowStart === 0) return;
  const remedy = "Leave it out for no slow start.";
  checks.integer(prop, slowStart, { min: 30, max: 900, unit: "seconds, or 0" }, remedy);
  checks.require(loadBalancingAlgorithm !== "least_outstanding_requests", {
    code: "alb-websocket/slow-start-algorithm",
    prop,
    expected: "0 with least_outstanding_requests",
    got: formatValue(slowStart),
    remedy: "AWS does not allow the combination: use round_robin, or no slow start.",
  });
}
