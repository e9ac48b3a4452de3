import { type PlannedChange } from "../changes/planned-change";
import { type DataLoss, type Loss, type Severity } from "./loss";
import { STATEFUL } from "./stateful";
import { weakenings } from "./weakenings";

/** The worst first. */
const SEVERITIES: readonly Severity[] = ["lost", "snapshot", "refused", "unprotected"];

/** Databases come before caches and logs, and what only loses its protection comes last. */
const TYPES = Object.keys(STATEFUL);

/** Lists what the changes do to data, the most precious first. */
export function dataLosses(changes: readonly PlannedChange[]): DataLoss[] {
  return changes
    .flatMap((change) =>
      [...destruction(change), ...weakenings(change)].map((loss) => ({
        ...loss,
        address: change.address,
        type: change.type,
      })),
    )
    .sort((a, b) => order(a) - order(b))
    .map(({ address, severity, what }) => ({ address, severity, what }));
}

function order({ severity, type }: Loss & { readonly type: string }): number {
  const byType = TYPES.includes(type) ? TYPES.indexOf(type) : TYPES.length;
  return (severity === "unprotected" ? TYPES.length + 1 : byType) * SEVERITIES.length + SEVERITIES.indexOf(severity);
}

function destruction({ kind, type, before, source }: PlannedChange): Loss[] {
  const stateful = STATEFUL[type];
  if (!stateful || (kind !== "destroy" && kind !== "replace") || source.change.actions.includes("forget")) return [];
  const what = typeof stateful.what === "string" ? stateful.what : stateful.what(before);
  if (what === undefined) return [];
  const does = kind === "replace" ? "Replaced by an empty one" : "Destroyed";
  const refused = stateful.refused?.(before);
  if (refused !== undefined) return [{ severity: "refused", what: `${does}: ${what}. But AWS refuses: ${refused}.` }];
  const kept = stateful.kept?.(before);
  if (kept !== undefined) return [{ severity: "snapshot", what: `${does}: ${what}. ${kept}` }];
  return [{ severity: "lost", what: `${does}: ${what}. Nothing is kept.` }];
}
