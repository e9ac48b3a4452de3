import { type Change, type PlanJson } from "../terraform/plan-json";
import { type AttributeChange, attributeChanges } from "./changes/attribute-change";
import { type Redactor } from "./redact/redactor";
import { type ChangeReport, type DriftReport, type StackReport } from "./report";

/** Lists outputs that change; a path begins with the output's name. */
export function outputChanges({ output_changes: changes = {} }: PlanJson, redactor: Redactor): AttributeChange[] {
  return Object.entries(changes)
    .filter(([, { actions }]) => actions.some((action) => action !== "no-op"))
    .flatMap(([name, change]) => attributeChanges(asAttribute(name, change), redactor));
}

/** An output is one value, and an attribute's change has a name. */
function asAttribute(name: string, change: Change): Change {
  return {
    actions: change.actions,
    before: { [name]: change.before ?? null },
    after: { [name]: change.after ?? null },
    after_unknown: { [name]: change.after_unknown ?? false },
    before_sensitive: { [name]: change.before_sensitive ?? false },
    after_sensitive: { [name]: change.after_sensitive ?? false },
  };
}

/**
 * Lists what changed outside Terraform and this plan changes back, or creates again. Other differences are values that AWS computes, or that
 * the configuration leaves to others, such as the desired count of an autoscaled service.
 */
export function driftReports(
  { resource_drift: drift = [] }: PlanJson,
  changes: readonly ChangeReport[],
  redactor: Redactor,
): DriftReport[] {
  const changedBack = new Map(
    changes.map(({ address, attributes, forcedBy }) => [address, [...attributes, ...forcedBy].map(topLevel)]),
  );
  return drift
    .filter(({ mode, change }) => mode !== "data" && change.actions.some((action) => action !== "no-op"))
    .map(({ address, change }) => {
      const isGone = change.actions.includes("delete");
      return {
        address: redactor.name(address),
        what: isGone ? ("deleted" as const) : ("changed" as const),
        attributes: isGone
          ? []
          : attributeChanges(change, redactor).filter((one) =>
              changedBack.get(redactor.name(address))?.includes(topLevel(one)),
            ),
      };
    })
    .filter(({ what, attributes }) => what === "deleted" || attributes.length > 0);
}

function topLevel({ path }: AttributeChange): string {
  return path.split(/[.[]/)[0] ?? path;
}

/** Terraform's reasons in words. Source: Terraform, `internal/command/jsonplan/plan.go`. */
const DEFERRED: Readonly<Record<string, string>> = {
  instance_count_unknown: "its count or for_each is known only after apply",
  resource_config_unknown: "its provider needs values that are known only after apply",
  provider_config_unknown: "its provider's configuration is known only after apply",
  absent_prereq: "something that it needs does not exist yet",
  deferred_prereq: "something that it depends on is deferred",
};

/** Lists what Terraform leaves to a further plan. */
export function deferredChanges(
  { deferred_changes: deferred = [] }: PlanJson,
  redactor: Redactor,
): StackReport["deferred"] {
  return deferred.map(({ reason = "unknown", resource_change: change }) => ({
    address: redactor.name(change?.address ?? "(unknown)"),
    reason: DEFERRED[reason] ?? redactor.text(reason.replaceAll("_", " ")),
  }));
}

/** Lists preconditions, postconditions and check blocks that are not met, with their messages. */
export function failedChecks({ checks = [] }: PlanJson, redactor: Redactor): StackReport["failedChecks"] {
  return checks
    .filter(({ status }) => status === "fail" || status === "error")
    .flatMap(({ address, instances = [] }) =>
      instances.flatMap(({ address: instance, problems = [] }) =>
        problems.map(({ message = "" }) => ({
          address: redactor.name(instance?.to_display ?? address?.to_display ?? "(unknown)"),
          message: redactor.text(message),
        })),
      ),
    );
}
