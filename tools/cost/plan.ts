import { CostError } from "./errors";

export type Values = Readonly<Record<string, unknown>>;

/** A managed resource as a plan or a state shows it. */
export interface Resource {
  /** `aws_lb.alb_load-balancer_01CCC475` */
  readonly address: string;
  readonly type: string;
  /** Values that are known before apply. */
  readonly values: Values;
  /** The construct that it belongs to: `alb`. */
  readonly module: string;
}

interface ShownResource {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  /** Missing when nothing is known before apply. */
  readonly values?: Values;
}

interface ConfiguredResource {
  readonly address: string;
  readonly expressions?: Readonly<Record<string, unknown>>;
}

/** `terraform show -json` of a plan, as far as it is read here. Source: Terraform, "JSON Output Format". */
export interface ShownPlan {
  readonly format_version?: string;
  readonly planned_values?: { readonly root_module?: { readonly resources?: readonly ShownResource[] } };
  readonly configuration?: {
    readonly provider_config?: Readonly<Record<string, { readonly expressions?: Readonly<Record<string, unknown>> }>>;
    readonly root_module?: { readonly resources?: readonly ConfiguredResource[] };
  };
}

/** A plan with the questions that prices are computed from. */
export class Plan {
  readonly resources: readonly Resource[];
  private readonly configured: ReadonlyMap<string, ConfiguredResource>;

  /**
   * @param modules the construct of each address; what is missing belongs to "(root)"
   * @throws CostError when the JSON is no plan
   */
  constructor(
    readonly shown: ShownPlan,
    modules: ReadonlyMap<string, string> = new Map(),
  ) {
    const resources = shown.planned_values?.root_module?.resources;
    if (!Array.isArray(resources)) {
      throw new CostError(
        "plan: expected the output of `terraform show -json <plan file>`, got JSON without planned_values.",
      );
    }
    this.resources = (resources as readonly ShownResource[])
      .filter(({ mode }) => mode === "managed")
      .map(({ address, type, values = {} }) => ({ address, type, values, module: modules.get(address) ?? "(root)" }));
    this.configured = new Map((shown.configuration?.root_module?.resources ?? []).map((item) => [item.address, item]));
  }

  /** The provider's literal region; `undefined` when it is computed. */
  get region(): string | undefined {
    const region = this.shown.configuration?.provider_config?.["aws"]?.expressions?.["region"];
    const value = (region as { constant_value?: unknown } | undefined)?.constant_value;
    return typeof value === "string" ? value : undefined;
  }

  ofType(type: string): Resource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** The resources of a type that an attribute refers to, in order and each once. */
  referred(from: Resource, attribute: string, type: string): Resource[] {
    const expression = this.configured.get(from.address)?.expressions?.[attribute];
    const addresses = new Set(references(expression));
    return this.ofType(type).filter(({ address }) => addresses.has(address));
  }
}

function references(expression: unknown): string[] {
  if (Array.isArray(expression)) return expression.flatMap(references);
  if (typeof expression !== "object" || expression === null) return [];
  const { references: own, ...nested } = expression as { references?: unknown };
  const mine = Array.isArray(own) ? own.filter((item): item is string => typeof item === "string") : [];
  return [...mine, ...Object.values(nested).flatMap(references)];
}

export function text(values: Values, key: string): string | undefined {
  const value = values[key];
  return typeof value === "string" ? value : undefined;
}

export function number(values: Values, key: string): number | undefined {
  const value = values[key];
  return typeof value === "number" ? value : undefined;
}

/** The first block of a nested attribute; empty when there is none. */
export function block(values: Values, key: string): Values {
  return blocks(values, key)[0] ?? {};
}

export function blocks(values: Values, key: string): readonly Values[] {
  const value = values[key];
  return Array.isArray(value) ? (value as readonly Values[]) : [];
}
