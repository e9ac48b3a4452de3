import { type PlannedChange } from "../changes/planned-change";
import { type Rollouts } from "./rollout";

/**
 * What a change does to connections. `outage`: clients cannot connect, or all are cut off without a task to go to. `reconnect`: open
 * connections are closed and come back. `degraded`: connections stay open, and part of the service fails meanwhile.
 */
export type Effect = "outage" | "reconnect" | "degraded";

export interface Seconds {
  readonly atLeast?: number | undefined;
  readonly atMost?: number | undefined;
}

/** An interruption that an apply of the plan causes. */
export interface Interruption {
  readonly effect: Effect;
  /** What happens to clients, as a sentence. */
  readonly what: string;
  /** How long it lasts; missing when nothing bounds it. */
  readonly seconds?: Seconds | undefined;
  /** When it happens, if not during the apply: `in the maintenance window sun:18:00-sun:19:00`. */
  readonly when?: string | undefined;
  /** The page that the statement rests on. */
  readonly source?: string | undefined;
}

/** Judges the changes of one type of resource; `undefined` when clients notice nothing. */
export type Judge = (change: PlannedChange, rollouts: Rollouts) => Interruption | undefined;

/** Whether a resource is missing for a time: it goes for good, or before its replacement comes. */
export function goes({ kind, order }: PlannedChange): boolean {
  return kind === "destroy" || (kind === "replace" && order === "old first");
}

/** Judges only by whether the resource is missing for a time. */
export function whenGone(effect: Effect, gone: string, replaced: string, source?: string): Judge {
  return (change) => {
    if (!goes(change)) return undefined;
    return { effect, what: change.kind === "destroy" ? gone : replaced, source };
  };
}
