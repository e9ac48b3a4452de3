import { type Json } from "./json";
import { type Values } from "./values";

/** The parts of `terraform show -json` on a state that the tools read. Source: Terraform, "JSON Output Format". */
export interface StateJson {
  readonly values?: {
    readonly root_module?: StateModule;
    readonly outputs?: Readonly<Record<string, { readonly value: unknown }>>;
  };
}

export interface StateModule {
  readonly resources?: readonly StateResource[];
  readonly child_modules?: readonly StateModule[];
}

export interface StateResource {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly values: Values;
  /** `true` where a value is sensitive. */
  readonly sensitive_values?: Json;
}

/** Lists the managed resources of a state, those of child modules included. */
export function managedResources(state: StateJson): StateResource[] {
  return inModule(state.values?.root_module).filter(({ mode }) => mode === "managed");
}

function inModule(module: StateModule | undefined): StateResource[] {
  if (module === undefined) return [];
  return [...(module.resources ?? []), ...(module.child_modules ?? []).flatMap(inModule)];
}
