import { type PlannedChange } from "../changes/planned-change";
import { DATA_JUDGES } from "./data";
import { type Effect, type Interruption, type Judge } from "./interruption";
import { LOAD_BALANCER_JUDGES } from "./load-balancer";
import { EDGE_JUDGES, NETWORK_JUDGES } from "./network";
import { type Rollouts } from "./rollout";
import { SERVICE_JUDGES } from "./service";

const JUDGES: Readonly<Record<string, Judge>> = {
  ...SERVICE_JUDGES,
  ...LOAD_BALANCER_JUDGES,
  ...NETWORK_JUDGES,
  ...EDGE_JUDGES,
  ...DATA_JUDGES,
};

/** The worst first. */
const EFFECTS: readonly Effect[] = ["outage", "reconnect", "degraded"];

/** An interruption, and the address of what causes it. */
export interface CausedInterruption extends Interruption {
  readonly address: string;
}

/** Lists what interrupts connections, the worst first. */
export function interruptionsOf(changes: readonly PlannedChange[], rollouts: Rollouts): CausedInterruption[] {
  const found = changes.flatMap((change) => {
    const interruption = JUDGES[change.type]?.(change, rollouts);
    return interruption ? [{ ...interruption, address: change.address }] : [];
  });
  return found.sort((a, b) => EFFECTS.indexOf(a.effect) - EFFECTS.indexOf(b.effect));
}
