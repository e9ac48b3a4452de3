import { renderDiagnostic } from "../terraform/diagnostics";
import { withoutKeys } from "./changes/address";
import { attributeChanges, KNOWN_AFTER_APPLY } from "./changes/attribute-change";
import { isMoved, type PlannedChange, plannedChanges } from "./changes/planned-change";
import { Causes, forcedBy, reasonOf } from "./changes/reason";
import { costChange, type CostOptions } from "./cost";
import { dataLosses } from "./data-loss/data-loss";
import { interruptionsOf } from "./impact/judge-interruptions";
import { rolloutsOf } from "./impact/rollout";
import { type StackInput } from "./input/stack-input";
import { deferredChanges, driftReports, failedChecks, outputChanges } from "./plan-parts";
import { planAfter, planBefore } from "./plans";
import { policiesReport } from "./policies";
import { Redactor } from "./redact/redactor";
import { sensitiveValues } from "./redact/sensitive-values";
import {
  type ChangeReport,
  type Counts,
  FORMAT_VERSION,
  type PlanReport,
  ROOT_MODULE,
  type StackReport,
  type Status,
} from "./report";

/** Judges the plans of one or several stacks. */
export function buildReport(inputs: readonly StackInput[], cost: CostOptions): PlanReport {
  return { formatVersion: FORMAT_VERSION, stacks: inputs.map((input) => stackReport(input, cost)) };
}

function stackReport(input: StackInput, options: CostOptions): StackReport {
  const { stack, plan = {}, diagnostics, policies, modules } = input;
  const redactor = new Redactor(sensitiveValues(plan));
  const changes = plannedChanges(plan.resource_changes ?? []);
  const [before, after] = [planBefore(plan, modules), planAfter(plan, modules)];
  const causes = new Causes(plan, changes);
  const outputs = outputChanges(plan, redactor);
  const status = statusOf(input, changes, outputs.length > 0);
  const rollouts = rolloutsOf(after, before);
  const changed = changes.map((change) => changeReport(change, { causes, redactor, modules }));
  return {
    stack: redactor.name(stack),
    status,
    counts: countsOf(changes),
    dataLosses: named(dataLosses(changes), redactor),
    interruptions: named(interruptionsOf(changes, rollouts), redactor),
    changes: changed,
    outputs,
    drift: driftReports(plan, changed, redactor),
    deferred: deferredChanges(plan, redactor),
    failedChecks: failedChecks(plan, redactor),
    diagnostics: diagnostics.map((one) => ({ severity: one.severity, text: redactor.text(renderDiagnostic(one)) })),
    policies: policies && policiesReport(policies, redactor),
    cost: status === "failed" ? { unavailable: "the plan failed" } : costChange(stack, before, after, options),
  };
}

/** Makes the address and the sentence of each item safe to show: sentences quote names from the plan. */
function named<T extends { readonly address: string; readonly what: string }>(
  items: readonly T[],
  redactor: Redactor,
): T[] {
  return items.map((item) => ({ ...item, address: redactor.name(item.address), what: redactor.text(item.what) }));
}

function statusOf({ plan }: StackInput, changes: readonly PlannedChange[], hasOutputs: boolean): Status {
  if (plan === undefined || plan.errored === true) return "failed";
  if (plan.complete === false || (plan.deferred_changes ?? []).length > 0) return "incomplete";
  return changes.length > 0 || hasOutputs || plan.applyable === true ? "ready" : "unchanged";
}

function countsOf(changes: readonly PlannedChange[]): Counts {
  const count = (kind: PlannedChange["kind"]) => changes.filter((change) => change.kind === kind).length;
  return {
    create: count("create"),
    update: count("update"),
    replace: count("replace"),
    destroy: count("destroy"),
    forget: count("forget"),
    import: changes.filter(({ source }) => source.change.importing !== undefined).length,
    move: changes.filter(({ source }) => isMoved(source)).length,
  };
}

interface Context {
  readonly causes: Causes;
  readonly redactor: Redactor;
  readonly modules: ReadonlyMap<string, string>;
}

function changeReport(change: PlannedChange, { causes, redactor, modules }: Context): ChangeReport {
  const { address, type, kind, order, source } = change;
  const reasons = kind === "replace" ? forcedBy(change, causes, redactor) : [];
  return {
    address:
      redactor.name(address) + (source.deposed === undefined ? "" : ` (deposed ${redactor.name(source.deposed)})`),
    type,
    module: modules.get(withoutKeys(address)) ?? ROOT_MODULE,
    kind,
    order,
    reason: reasonOf(change),
    forcedBy: reasons,
    attributes: attributesOf(change, new Set(reasons.map(({ path }) => path)), redactor),
    movedFrom: isMoved(source) ? redactor.name(source.previous_address ?? "") : undefined,
    importId: source.change.importing && redactor.value([], source.change.importing.id),
  };
}

/** A replacement makes every computed attribute unknown, which says nothing. */
function attributesOf({ kind, source }: PlannedChange, known: ReadonlySet<string>, redactor: Redactor) {
  if (kind !== "update" && kind !== "replace") return [];
  const all = attributeChanges(source.change, redactor).filter(({ path }) => !known.has(path));
  return kind === "update" ? all : all.filter(({ after }) => after !== KNOWN_AFTER_APPLY);
}
