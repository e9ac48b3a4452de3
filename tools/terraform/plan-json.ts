import { type Json } from "./json";
import { type StateModule } from "./state-json";
import { type Values } from "./values";

/**
 * The parts of `terraform show -json <plan file>` that the tools read. Sources: Terraform, "JSON Output Format"
 * (developer.hashicorp.com/terraform/internals/json-format), and its `internal/command/jsonplan/plan.go`.
 */
export interface PlanJson {
  readonly format_version?: string;
  readonly terraform_version?: string;
  /** Values of the root module's variables; those of sensitive ones, too. */
  readonly variables?: Readonly<Record<string, { readonly value?: Json }>>;
  readonly planned_values?: { readonly root_module?: PlannedModule };
  /** What changed outside Terraform since the last apply. */
  readonly resource_drift?: readonly ResourceChange[];
  readonly resource_changes?: readonly ResourceChange[];
  /** What Terraform cannot plan yet, with the reason. */
  readonly deferred_changes?: readonly { readonly reason?: string; readonly resource_change?: ResourceChange }[];
  readonly output_changes?: Readonly<Record<string, Change>>;
  readonly prior_state?: { readonly values?: { readonly root_module?: StateModule } };
  readonly configuration?: {
    readonly provider_config?: Readonly<Record<string, { readonly expressions?: Readonly<Record<string, unknown>> }>>;
    readonly root_module?: {
      readonly resources?: readonly ConfiguredResource[];
      readonly variables?: Readonly<Record<string, { readonly sensitive?: boolean }>>;
    };
  };
  readonly checks?: readonly CheckResult[];
  /** False when an apply of the plan would be refused: it failed, or changes nothing. */
  readonly applyable?: boolean;
  /** False when a further plan and apply is needed. */
  readonly complete?: boolean;
  /** True when planning failed; the plan then lists only what was planned before. */
  readonly errored?: boolean;
}

export interface PlannedModule {
  readonly resources?: readonly PlannedResource[];
  readonly child_modules?: readonly PlannedModule[];
}

export interface PlannedResource {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  /** Missing when nothing is known before apply. */
  readonly values?: Values;
}

export interface ConfiguredResource {
  readonly address: string;
  readonly expressions?: Readonly<Record<string, unknown>>;
}

export interface ResourceChange {
  readonly address: string;
  /** Where the state has it, when a `moved` block renamed it. */
  readonly previous_address?: string;
  readonly module_address?: string;
  readonly mode?: string;
  readonly type?: string;
  /** Key of an object that an interrupted replacement left behind. */
  readonly deposed?: string;
  readonly change: Change;
  /** Why Terraform chose the actions, such as `replace_because_tainted`; missing when the change itself is the reason. */
  readonly action_reason?: string;
}

export interface Change {
  readonly actions: readonly string[];
  readonly before: Json;
  readonly after: Json;
  /** `true` where a value is known only after apply. */
  readonly after_unknown?: Json;
  /** `true` where a value is sensitive; the values themselves are in the JSON. */
  readonly before_sensitive?: Json;
  readonly after_sensitive?: Json;
  /** Paths of attributes whose change makes the replacement necessary. */
  readonly replace_paths?: readonly (readonly (string | number)[])[];
  readonly importing?: { readonly id?: string };
}

export interface CheckResult {
  readonly address?: { readonly to_display?: string };
  readonly status?: string;
  readonly instances?: readonly {
    readonly address?: { readonly to_display?: string };
    readonly status?: string;
    readonly problems?: readonly { readonly message?: string }[];
  }[];
}
