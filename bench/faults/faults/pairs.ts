import { type Fault } from "../fault";

/** Combines two faults that start together. */
function pair(a: Fault, b: Fault): Fault {
  return {
    name: `${a.name}+${b.name}`,
    what: `both at once: ${a.what}; ${b.what}`,
    deadly: a.deadly === true || b.deadly === true,
    act: async (stage) => {
      await Promise.all([a.act(stage), b.act(stage)]);
    },
  };
}

/** Pairs of faults that run together. */
const PAIRS: readonly (readonly [string, string])[] = [
  ["task-killed", "redis-hung"],
  ["task-killed", "database-stopped"],
  ["task-terminated", "redis-killed"],
  ["redeployed", "database-hung"],
  ["redeployed", "balancer-restarted"],
  ["redis-hung", "database-hung"],
  ["partition-task-redis", "pages-reloaded"],
  ["partition-clients", "tasks-killed-in-turn"],
  ["closed-and-reopened", "redis-killed"],
  ["agents-disabled", "redis-killed"],
];

export function pairsOf(faults: readonly Fault[]): Fault[] {
  const find = (name: string): Fault => {
    const fault = faults.find((candidate) => candidate.name === name);
    if (fault === undefined) throw new Error(`pair: expected the name of a fault, got ${name}.`);
    return fault;
  };
  return PAIRS.map(([a, b]) => pair(find(a), find(b)));
}
