import { isDeepStrictEqual } from "node:util";
import { type Json } from "../../terraform/json";
import { type ResourceChange } from "../../terraform/plan-json";
import { type Values } from "../../terraform/values";
import { isDataSource, typeOf } from "./address";

/** What happens to a resource. `none`: it only gets another address, or comes into the state. */
export type Kind = "create" | "update" | "replace" | "destroy" | "forget" | "none";

/** Which of the two objects of a replacement exists first. */
export type Order = "new first" | "old first";

/** A change of a managed resource, in a form that the judgements read. Its values are as in the plan: never show them. */
export interface PlannedChange {
  readonly address: string;
  readonly type: string;
  readonly kind: Kind;
  readonly order: Order | undefined;
  readonly before: Values;
  readonly after: Values;
  /** Top-level attributes that differ, or may differ because they are known only after apply. */
  readonly changed: ReadonlySet<string>;
  readonly source: ResourceChange;
}

/** Lists the changes of managed resources; data sources, and resources that stay as they are, are left out. */
export function plannedChanges(changes: readonly ResourceChange[]): PlannedChange[] {
  return changes
    .filter(({ mode, address }) => mode !== "data" && !isDataSource(address))
    .map(plannedChange)
    .filter(({ kind, source }) => kind !== "none" || isMoved(source) || source.change.importing !== undefined);
}

export function isMoved({ address, previous_address: previous }: ResourceChange): boolean {
  return previous !== undefined && previous !== address;
}

function plannedChange(source: ResourceChange): PlannedChange {
  const { address, change } = source;
  const [before, after] = [values(change.before), values(change.after)];
  return {
    address,
    type: source.type ?? typeOf(address),
    kind: kindOf(change.actions),
    order: orderOf(change.actions),
    before,
    after,
    changed: changedAttributes(before, after, change.after_unknown),
    source,
  };
}

/** Source: Terraform, "JSON Output Format", change representation. */
function kindOf(actions: readonly string[]): Kind {
  const has = (action: string) => actions.includes(action);
  if (has("create")) return has("delete") || has("forget") ? "replace" : "create";
  if (has("delete")) return "destroy";
  if (has("forget")) return "forget";
  return has("update") ? "update" : "none";
}

function orderOf(actions: readonly string[]): Order | undefined {
  if (actions.length < 2) return undefined;
  return actions[0] === "create" ? "new first" : "old first";
}

function changedAttributes(before: Values, after: Values, unknown: Json | undefined): ReadonlySet<string> {
  const pending = values(unknown ?? null);
  const keys = new Set([...Object.keys(before), ...Object.keys(after), ...Object.keys(pending)]);
  const isPending = (key: string) => JSON.stringify(pending[key] ?? null).includes("true");
  return new Set(
    [...keys].filter((key) => isPending(key) || !isDeepStrictEqual(before[key] ?? null, after[key] ?? null)),
  );
}

function values(value: Json): Values {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Values) : {};
}
