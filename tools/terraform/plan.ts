import { TerraformError } from "./errors";
import { type ConfiguredResource, type PlanJson, type PlannedResource } from "./plan-json";
import { type Values } from "./values";

/** A managed resource of a plan. */
export interface Resource {
  /** `aws_lb.alb_load-balancer_01CCC475` */
  readonly address: string;
  readonly type: string;
  /** Values that are known before apply. */
  readonly values: Values;
  /** The construct that it belongs to: `alb`. */
  readonly module: string;
}

/** The resources of a plan and the references between them. */
export class Plan {
  readonly resources: readonly Resource[];
  private readonly configured: ReadonlyMap<string, ConfiguredResource>;

  /**
   * @param modules the construct of each address; an address that is missing there belongs to "(root)"
   * @throws TerraformError when the JSON is not a plan
   */
  constructor(
    readonly json: PlanJson,
    modules: ReadonlyMap<string, string> = new Map(),
  ) {
    const resources = json.planned_values?.root_module?.resources;
    if (!Array.isArray(resources)) {
      throw new TerraformError(
        "plan: expected the output of `terraform show -json <plan file>`, got JSON without planned_values.",
      );
    }
    this.resources = (resources as readonly PlannedResource[])
      .filter(({ mode }) => mode === "managed")
      .map(({ address, type, values = {} }) => ({ address, type, values, module: modules.get(address) ?? "(root)" }));
    this.configured = new Map((json.configuration?.root_module?.resources ?? []).map((item) => [item.address, item]));
  }

  /** The provider's region; `undefined` when it is not a literal. */
  get region(): string | undefined {
    const region = this.json.configuration?.provider_config?.["aws"]?.expressions?.["region"];
    const value = (region as { constant_value?: unknown } | undefined)?.constant_value;
    return typeof value === "string" ? value : undefined;
  }

  ofType(type: string): Resource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** Lists the resources of a type that an attribute refers to, in the plan's order, each once. */
  referred(from: Resource, attribute: string, type: string): Resource[] {
    const expression = this.configured.get(from.address)?.expressions?.[attribute];
    const addresses = new Set(references(expression));
    return this.ofType(type).filter(({ address }) => addresses.has(address));
  }
}

/** Lists what an attribute's expression in a plan's configuration refers to, its nested blocks included. */
export function references(expression: unknown): string[] {
  if (Array.isArray(expression)) return expression.flatMap(references);
  if (typeof expression !== "object" || expression === null) return [];
  const { references: own, ...nested } = expression as { references?: unknown };
  const mine = Array.isArray(own) ? own.filter((item): item is string => typeof item === "string") : [];
  return [...mine, ...Object.values(nested).flatMap(references)];
}
