import { createHash } from "node:crypto";
import { isUnresolved } from "../core/tokens";

/** Highest priority number of a listener rule. Source: ELBv2 API reference, CreateRule. */
export const HIGHEST_PRIORITY = 50_000;

/** Condition values (hosts and paths together) that one rule may hold. Source: ALB user guide, "Quotas", "Condition values per rule". */
export const MOST_CONDITION_VALUES = 5;

/** Which requests of a listener a service wants. */
export interface Route {
  /** Id of the service. */
  readonly service: string;
  readonly hosts: readonly string[];
  readonly paths: readonly string[];
  /** As the user wrote it, if so. */
  readonly priority?: number;
}

/** Without any condition a route takes all that no other one takes. */
export function isDefaultRoute({ hosts, paths }: Route): boolean {
  return hosts.length + paths.length === 0;
}

/** True when one request can match both: then their order matters. Routes with tokens are taken to be disjoint. */
export function routesOverlap(a: Route, b: Route): boolean {
  return conditionsOverlap(lowerCase(a.hosts), lowerCase(b.hosts)) && conditionsOverlap(a.paths, b.paths);
}

/**
 * Priority of a rule by the service's id, not by its place in the code: adding or moving a service renumbers no other. Where the
 * number is taken, the next one of the id's own sequence.
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

function conditionsOverlap(a: readonly string[], b: readonly string[]): boolean {
  if (a.length === 0 || b.length === 0) return true;
  return a.some((first) =>
    b.some((second) => !isUnresolved(first) && !isUnresolved(second) && globsMeet(first, second)),
  );
}

/** Whether some text matches both patterns, where `*` stands for any text and `?` for one character. */
function globsMeet(a: string, b: string): boolean {
  const tried = new Set<number>();
  const meet = (i: number, j: number): boolean => {
    const place = i * (b.length + 1) + j;
    if (tried.has(place)) return false;
    tried.add(place);
    const [x, y] = [a[i], b[j]];
    if (x === "*") return meet(i + 1, j) || (y !== undefined && meet(i, j + 1));
    if (y === "*") return meet(i, j + 1) || (x !== undefined && meet(i + 1, j));
    if (x === undefined || y === undefined) return x === y;
    return (x === y || x === "?" || y === "?") && meet(i + 1, j + 1);
  };
  return meet(0, 0);
}

function lowerCase(hosts: readonly string[]): string[] {
  return hosts.map((host) => (isUnresolved(host) ? host : host.toLowerCase()));
}
