import { type ConfiguredResource, type PlanJson } from "../../terraform/plan-json";
import { references } from "../../terraform/plan";
import { type Redactor } from "../redact/redactor";
import { withoutKeys } from "./address";
import { type AttributeChange, attributeAt } from "./attribute-change";
import { type PlannedChange } from "./planned-change";

/** An attribute whose change makes a replacement necessary. */
export interface ForcedBy extends AttributeChange {
  /** Addresses that are replaced or created, and that the attribute refers to. */
  readonly because: readonly string[];
}

/** Terraform's reasons in words. Source: Terraform, `internal/command/jsonplan/plan.go`. */
const REASONS: Readonly<Record<string, string>> = {
  replace_because_tainted: "it is tainted: its creation failed halfway, or somebody ran `terraform taint`",
  replace_because_cannot_update: "an attribute cannot change in place",
  replace_by_request: "asked for with -replace",
  replace_by_triggers: "something in its replace_triggered_by changes",
  delete_because_no_resource_config: "it is no longer in the configuration",
  delete_because_no_module: "its module is no longer in the configuration",
  delete_because_wrong_repetition: "count or for_each was added or removed without a moved block",
  delete_because_count_index: "count is lower than its index",
  delete_because_each_key: "its key is no longer in for_each",
  delete_because_no_move_target: "a moved block leads to an address that is not in the configuration",
};

/** Explains why a resource is replaced or destroyed; `undefined` when the plan gives no reason. */
export function reasonOf({ kind, type, source, after }: PlannedChange): string | undefined {
  if (source.deposed !== undefined) return "an interrupted replacement left it behind";
  if (kind === "replace" && type === "aws_ecs_task_definition") {
    return `every change registers a new revision${after["skip_destroy"] === true ? "; the old one stays, for a rollback" : ""}`;
  }
  const { action_reason: reason } = source;
  if (reason !== undefined) return REASONS[reason] ?? reason.replaceAll("_", " ");
  return kind === "forget" ? "a removed block takes it out of the state; the object stays at AWS" : undefined;
}

/** Lists the attributes that force a replacement, each with the replaced resources it refers to. */
export function forcedBy(change: PlannedChange, causes: Causes, redactor: Redactor): ForcedBy[] {
  return (change.source.change.replace_paths ?? []).map((path) => ({
    ...attributeAt(change.source.change, path, redactor),
    because: causes.of(change.address, String(path[0] ?? "")),
  }));
}

/** Finds which other changes a change follows from. */
export class Causes {
  private readonly configured: ReadonlyMap<string, ConfiguredResource>;
  private readonly replaced: readonly string[];

  constructor(plan: PlanJson, changes: readonly PlannedChange[]) {
    const { resources = [] } = plan.configuration?.root_module ?? {};
    this.configured = new Map(resources.map((resource) => [resource.address, resource]));
    this.replaced = changes.filter(({ kind }) => kind === "replace" || kind === "create").map(({ address }) => address);
  }

  /** Addresses of replaced or new resources that an attribute refers to, each once. */
  of(address: string, attribute: string): string[] {
    const expression = this.configured.get(withoutKeys(address))?.expressions?.[attribute];
    const referred = new Set(references(expression));
    return this.replaced.filter((other) => other !== address && referred.has(withoutKeys(other)));
  }
}
