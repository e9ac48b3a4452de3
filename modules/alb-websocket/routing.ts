import { createHash } from "node:crypto";
import { isUnresolved } from "../core/tokens";

/** Highest priority number of a listener rule. Source: ELBv2 API reference, CreateRule. */
export const HIGHEST_PRIORITY = 50_000;

/** Condition values (hosts and paths together) that one rule may hold. Source: ALB user guide, "Quotas", "Condition values per rule". */
export const MOST_CONDITION_VALUES = 5;

/** Wildcard characters (`*` and `?`) that one rule may hold. Source: ALB user guide, "Quotas", "Condition wildcards per rule". */
export const MOST_WILDCARDS = 6;

/** Which requests of a listener go to a service. */
export interface Route {
  /** Id of the service. */
  readonly service: string;
  readonly hosts: readonly string[];
  readonly paths: readonly string[];
  /** The priority given by the caller, if any. */
  readonly priority?: number | undefined;
}

/** Whether a route has no condition and so receives every request that no other route matches. */
export function isDefaultRoute({ hosts, paths }: Route): boolean {
  return hosts.length + paths.length === 0;
}

/** Whether one request can match both routes, so that their order matters. Routes with tokens are assumed to be disjoint. */
export function routesOverlap(a: Route, b: Route): boolean {
  return conditionsOverlap(lowerCase(a.hosts), lowerCase(b.hosts)) && conditionsOverlap(a.paths, b.paths);
}

/** Whether every request of the narrow route matches the wide one too. Wildcards other than one `*` at the end are not compared. */
export function routeCovers(wide: Route, narrow: Route): boolean {
  return conditionsCover(lowerCase(wide.hosts), lowerCase(narrow.hosts)) && conditionsCover(wide.paths, narrow.paths);
}

/**
 * Derives a rule's priority from the service's id, so that adding or moving a service renumbers no other. A number that is taken
 * leads to the next one in the id's own sequence.
 */
export function priorityFor(service: string, taken: ReadonlySet<number>): number {
  for (let attempt = 0; ; attempt++) {
    const digest = createHash("sha256")
      .update(JSON.stringify([service, attempt]))
      .digest();
    const priority = 1 + (digest.readUInt32BE(0) % HIGHEST_PRIORITY);
    if (!taken.has(priority)) return priority;
  }
}

function conditionsCover(wide: readonly string[], narrow: readonly string[]): boolean {
  if (wide.length === 0) return true;
  return narrow.length > 0 && narrow.every((value) => wide.some((pattern) => patternCovers(pattern, value)));
}

function patternCovers(pattern: string, value: string): boolean {
  if (isUnresolved(pattern) || isUnresolved(value)) return false;
  if (pattern === value) return true;
  const prefix = pattern.slice(0, -1);
  return pattern.endsWith("*") && !/[*?]/.test(prefix) && value.startsWith(prefix);
}

function conditionsOverlap(a: readonly string[], b: readonly string[]): boolean {
  if (a.length === 0 || b.length === 0) return true;
  return a.some((first) =>
    b.some((second) => !isUnresolved(first) && !isUnresolved(second) && globsOverlap(first, second)),
  );
}

/** Whether some text matches both patterns, where `*` matches any text and `?` one character. */
function globsOverlap(a: string, b: string): boolean {
  const visited = new Set<number>();
  const overlapFrom = (i: number, j: number): boolean => {
    const position = i * (b.length + 1) + j;
    if (visited.has(position)) return false;
    visited.add(position);
    const [x, y] = [a[i], b[j]];
    if (x === "*") return overlapFrom(i + 1, j) || (y !== undefined && overlapFrom(i, j + 1));
    if (y === "*") return overlapFrom(i, j + 1) || (x !== undefined && overlapFrom(i + 1, j));
    if (x === undefined || y === undefined) return x === y;
    return (x === y || x === "?" || y === "?") && overlapFrom(i + 1, j + 1);
  };
  return overlapFrom(0, 0);
}

function lowerCase(hosts: readonly string[]): string[] {
  return hosts.map((host) => (isUnresolved(host) ? host : host.toLowerCase()));
}
