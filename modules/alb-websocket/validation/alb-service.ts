import { type Checks, formatValue } from "../../core/checks";
import { shortestDeregistrationDelaySec } from "../../core/drain";
import { isUnresolved, literal } from "../../core/tokens";
import { HIGHEST_PRIORITY, isDefaultRoute, MOST_CONDITION_VALUES, type Route, routesOverlap } from "../routing";
import { type ServiceContext } from "../service-context";
import { type CompleteAlbServiceProps, type CompleteHealthCheck } from "../defaults";
import { LOAD_BALANCING_ALGORITHMS, TRANSPORTS } from "../alb-service-props";

/** Shortest deregistration delay for the service's transports, in seconds. */
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
    checks.require(!isUnresolved(value), { prop, expected: "a literal number", got: formatValue(value), remedy });
  }
}

function checkKeepAlive(
  checks: Checks,
  { keepAliveTimeoutSec }: CompleteAlbServiceProps,
  context: ServiceContext,
): void {
  const prop = "keepAliveTimeoutSec";
  const remedy = `Set the server's keep-alive timeout, and this, to ${context.idleTimeoutSec + 5} or more: a connection that the app closes first is a 502 now and then.`;
  if (!checks.required(prop, keepAliveTimeoutSec, remedy)) return;
  const [keepAlive, idle] = [literal(keepAliveTimeoutSec), literal(context.idleTimeoutSec)];
  if (keepAlive === undefined || idle === undefined) return;
  checks.require(typeof keepAlive === "number" && keepAlive > idle, {
    prop,
    expected: `more than the load balancer's idle timeout of ${idle} s`,
    got: formatValue(keepAlive),
    remedy,
  });
}

function checkHealthCheck(checks: Checks, healthCheck: CompleteHealthCheck): void {
  const { path, healthyThreshold, unhealthyThreshold, timeoutSec, intervalSec, matcher } = healthCheck;
  const remedy = "See the ALB user guide, Health check settings.";
  checks.matches(
    "healthCheck.path",
    path,
    /^\/[!-~]{0,1023}$/,
    "a path that begins with / and has no spaces, at most 1024 characters",
    "Name the path only, for example /api/health.",
  );
  checks.integer("healthCheck.healthyThreshold", healthyThreshold, { min: 2, max: 10 }, remedy);
  checks.integer("healthCheck.unhealthyThreshold", unhealthyThreshold, { min: 2, max: 10 }, remedy);
  checks.integer("healthCheck.timeoutSec", timeoutSec, { min: 2, max: 120, unit: "seconds" }, remedy);
  checks.integer("healthCheck.intervalSec", intervalSec, { min: 5, max: 300, unit: "seconds" }, remedy);
  checks.matches(
    "healthCheck.matcher",
    matcher,
    /^[2-4]\d\d([,-][2-4]\d\d)*$/,
    "status codes from 200 to 499: 200 or 200,204 or 200-299",
    "Take the code that the health path answers with.",
  );
  const [timeout, interval] = [literal(timeoutSec), literal(intervalSec)];
  if (timeout === undefined || interval === undefined) return;
  checks.require(timeout < interval, {
    prop: "healthCheck.timeoutSec",
    expected: `less than the interval of ${interval} s`,
    got: formatValue(timeout),
    remedy: "The load balancer refuses a check that may outlast its interval.",
  });
}

function checkTransports(checks: Checks, { transports }: CompleteAlbServiceProps): boolean {
  const known = new Set<string>(TRANSPORTS);
  const valid =
    Array.isArray(transports) && transports.length > 0 && transports.every((name: string) => known.has(name));
  checks.require(valid, {
    prop: "transports",
    expected: `at least one of ${TRANSPORTS.join(", ")}`,
    got: formatValue(transports),
    remedy: "Say what the app's Socket.IO server allows.",
  });
  return valid;
}

function checkStickiness(checks: Checks, props: CompleteAlbServiceProps): void {
  checks.require(props.stickiness || !props.transports.includes("polling"), {
    prop: "stickiness",
    expected: "true while clients may poll",
    got: formatValue(props.stickiness),
    remedy:
      'Each polling request would go to another task, which answers 400 "Session ID unknown". Leave it on, or set transports to ["websocket"] here and in the app.',
  });
  checks.integer(
    "stickinessDurationSec",
    props.stickinessDurationSec,
    { min: 1, max: 604_800, unit: "seconds" },
    "A week is the longest that a load balancer takes.",
  );
  checks.matches(
    "stickinessCookieName",
    props.stickinessCookieName,
    /^(?!AWSALB)[A-Za-z0-9!#$%&'*+.^_`|~-]{1,256}$/i,
    "the name of a cookie that the app sets, not beginning with AWSALB",
    "The load balancer keeps the names AWSALB, AWSALBAPP and AWSALBTG for itself.",
  );
}

function checkDeregistration(checks: Checks, props: CompleteAlbServiceProps, context: ServiceContext): void {
  const prop = "deregistrationDelaySec";
  const delay = literal(props.deregistrationDelaySec);
  checks.integer(prop, delay, { min: 0, max: 3600, unit: "seconds" }, "Leave it out for the shortest that is safe.");
  const shortest = shortestDelaySec(props, context);
  checks.require(delay === undefined || delay >= shortest, {
    prop,
    expected: `at least ${shortest} s`,
    got: formatValue(delay),
    remedy: props.transports.includes("polling")
      ? "A long-polling request is held for up to one ping interval, and cut off it is an error at the client."
      : "Requests in flight would be cut off.",
  });
}

function checkAlgorithm(checks: Checks, { loadBalancingAlgorithm, slowStartSec }: CompleteAlbServiceProps): void {
  const prop = "slowStartSec";
  checks.oneOf(
    "loadBalancingAlgorithm",
    loadBalancingAlgorithm,
    LOAD_BALANCING_ALGORITHMS,
    "Other ones do not fit sockets.",
  );
  const slowStart = literal(slowStartSec);
  if (slowStart === undefined || slowStart === 0) return;
  const remedy = "Leave it out for no slow start.";
  checks.integer(prop, slowStart, { min: 30, max: 900, unit: "seconds, or 0" }, remedy);
  checks.require(loadBalancingAlgorithm !== "least_outstanding_requests", {
    prop,
    expected: "0 with least_outstanding_requests",
    got: formatValue(slowStart),
    remedy: "AWS excludes the pair: take round_robin, or no slow start.",
  });
}

function checkConditions(checks: Checks, { hosts, paths }: Route, { requiredHeader }: ServiceContext): void {
  for (const host of hosts) {
    checks.matches(
      "hosts",
      host,
      /^(?=.{1,128}$)[A-Za-z0-9*?-]+(\.[A-Za-z0-9*?-]+)+$/,
      "host names such as chat.example.com or *.example.com, at most 128 characters",
      "Leave out scheme, port and path.",
    );
  }
  for (const path of paths) {
    checks.matches(
      "paths",
      path,
      /^[/*][A-Za-z0-9_\-.$/~"'@:+&*?]{0,127}$/,
      "paths such as /api/*, at most 128 characters",
      "A path begins with / and has no query string.",
    );
  }
  const ofHeader = requiredHeader?.values.length ?? 0;
  checks.require(hosts.length + paths.length + ofHeader <= MOST_CONDITION_VALUES, {
    prop: "hosts, paths",
    expected: `at most ${MOST_CONDITION_VALUES - ofHeader} values in one rule${requiredHeader ? " beside those of requiredHeader" : ""}`,
    got: `${hosts.length + paths.length}`,
    remedy: "Use wildcards.",
  });
}

function checkPriority(checks: Checks, route: Route, { others, requiredHeader }: ServiceContext): void {
  const prop = "priority";
  const remedy = "Leave it out to have it computed.";
  const max = requiredHeader ? HIGHEST_PRIORITY - 1 : HIGHEST_PRIORITY;
  checks.integer(prop, route.priority, { min: 1, max }, remedy);
  if (isDefaultRoute(route)) {
    const other = others.find((service) => isDefaultRoute(service.route));
    checks.require(other === undefined, {
      prop: "hosts, paths",
      expected: "one service without conditions",
      got: `a second one beside "${other?.route.service}"`,
      remedy: "Give one of them hosts or paths.",
    });
    checks.require(route.priority === undefined, {
      prop,
      expected: "nothing for the default service",
      got: formatValue(route.priority),
      remedy: "It takes what no rule takes. Give it hosts or paths for a rule of its own.",
    });
    return;
  }
  const holder = others.find((service) => service.priority === route.priority && route.priority !== undefined);
  checks.require(holder === undefined, {
    prop,
    expected: "a number of its own",
    got: `${route.priority}, which "${holder?.route.service}" has`,
    remedy: "Set another one.",
  });
  for (const { route: other } of others) {
    if (isDefaultRoute(other) || !routesOverlap(route, other)) continue;
    checks.require(route.priority !== undefined && other.priority !== undefined, {
      prop,
      expected: `a number here and on "${other.service}", since both could match one request`,
      got: `${formatValue(route.priority)} and ${formatValue(other.priority)}`,
      remedy: "The lower number is asked first: give it to the more special one.",
    });
  }
}
