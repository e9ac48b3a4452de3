import { type Checks, formatValue } from "../../core/checks";
import { isUnresolved } from "../../core/tokens";
import {
  HIGHEST_PRIORITY,
  isDefaultRoute,
  MOST_CONDITION_VALUES,
  MOST_WILDCARDS,
  type Route,
  routeCovers,
  routesOverlap,
} from "../routing";
import { type ServiceContext } from "../service-context";

/** Checks the hosts and paths of a route, and that they fit into one listener rule. */
export function checkConditions(checks: Checks, { hosts, paths }: Route, { requiredHeader }: ServiceContext): void {
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
  const headerValues = requiredHeader?.values.length ?? 0;
  checks.require(hosts.length + paths.length + headerValues <= MOST_CONDITION_VALUES, {
    code: "alb-websocket/too-many-conditions",
    prop: "hosts, paths",
    expected: `at most ${MOST_CONDITION_VALUES - headerValues} values in one rule${requiredHeader ? " besides those of requiredHeader" : ""}`,
    got: `${hosts.length + paths.length}`,
    remedy: "Use wildcards.",
  });
  const wildcards = [...hosts, ...paths].join("").replace(/[^*?]/g, "").length;
  checks.require(wildcards <= MOST_WILDCARDS, {
    code: "alb-websocket/too-many-wildcards",
    prop: "hosts, paths",
    expected: `at most ${MOST_WILDCARDS} wildcards (* and ?) in one rule`,
    got: `${wildcards}`,
    remedy: "A * matches slashes and dots too, so that one at the end is enough.",
  });
}

/** Checks the priority of a route, and that the order of overlapping rules is explicit. */
export function checkPriority(checks: Checks, route: Route, { otherServices, requiredHeader }: ServiceContext): void {
  const prop = "priority";
  const remedy = "Leave it out to have it computed.";
  const max = requiredHeader ? HIGHEST_PRIORITY - 1 : HIGHEST_PRIORITY;
  checks.integer(prop, route.priority, { min: 1, max }, remedy);
  checks.require(!isUnresolved(route.priority), {
    code: "core/literal-required",
    prop,
    expected: "a literal number",
    got: formatValue(route.priority),
    remedy: "It is part of the rule's Terraform address.",
  });
  if (isDefaultRoute(route)) {
    const other = otherServices.find((service) => isDefaultRoute(service.route));
    checks.require(other === undefined, {
      code: "alb-websocket/two-default-services",
      prop: "hosts, paths",
      expected: "one service without conditions",
      got: `a second one besides "${other?.route.service}"`,
      remedy: "Give one of them hosts or paths.",
    });
    checks.require(route.priority === undefined, {
      code: "alb-websocket/default-service-priority",
      prop,
      expected: "no priority for the default service",
      got: formatValue(route.priority),
      remedy: "It receives every request that no rule matches. Give it hosts or paths to make it a rule.",
    });
    return;
  }
  const holder = otherServices.find((service) => service.priority === route.priority && route.priority !== undefined);
  checks.require(holder === undefined, {
    code: "alb-websocket/priority-taken",
    prop,
    expected: "a number that no other service uses",
    got: `${route.priority}, used by "${holder?.route.service}"`,
    remedy: "Use another number.",
  });
  warnOfUnreachable(checks, route, otherServices);
  for (const { route: other } of otherServices) {
    if (isDefaultRoute(other) || !routesOverlap(route, other)) continue;
    checks.require(route.priority !== undefined && other.priority !== undefined, {
      code: "alb-websocket/overlapping-routes",
      prop,
      expected: `a number here and on "${other.service}", because one request could match both`,
      got: `${formatValue(route.priority)} and ${formatValue(other.priority)}`,
      remedy: "The lower number is evaluated first: give it to the more specific route.",
    });
  }
}

/** Warns of a rule that never receives a request, because one that is evaluated before it takes them all. */
function warnOfUnreachable(checks: Checks, route: Route, otherServices: ServiceContext["otherServices"]): void {
  for (const { route: other } of otherServices) {
    if (route.priority === undefined || other.priority === undefined || isDefaultRoute(other)) continue;
    const [first, second] = route.priority < other.priority ? [route, other] : [other, route];
    if (!routeCovers(first, second)) continue;
    checks.warn(
      `priority: "${second.service}" (${second.priority}) receives no request, because "${first.service}" (${first.priority}) is evaluated first and matches all of them. Give "${second.service}" the lower number.`,
    );
  }
}
