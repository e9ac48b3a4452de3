import { type Json } from "./json";
import { type Values } from "./values";

/** The parts of `terraform show -json <plan file>` that the tools read. Source: Terraform, "JSON Output Format". */
export interface PlanJson {
  readonly format_version?: string;
  readonly planned_values?: { readonly root_module?: { readonly resources?: readonly PlannedResource[] } };
  readonly resource_changes?: readonly ResourceChange[];
  readonly configuration?: {
    readonly provider_config?: Readonly<Record<string, { readonly expressions?: Readonly<Record<string, unknown>> }>>;
    readonly root_module?: { readonly resources?: readonly ConfiguredResource[] };
  };
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
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Json;
    readonly after: Json;
    /** `true` where a value is known only after apply. */
    readonly after_unknown?: Json;
  };
}
