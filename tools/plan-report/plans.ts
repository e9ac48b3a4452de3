import { type Json, strings } from "../terraform/json";
import { Plan } from "../terraform/plan";
import {
  type ConfiguredResource,
  type PlanJson,
  type PlannedModule,
  type PlannedResource,
} from "../terraform/plan-json";
import { managedResources } from "../terraform/state-json";

/** The planned resources, those of child modules included; none when everything is destroyed. */
export function planAfter(json: PlanJson, modules: ReadonlyMap<string, string>): Plan {
  const all = plannedIn(json.planned_values?.root_module);
  const { resources = [] } = json.configuration?.root_module ?? {};
  const known = new Set(resources.map(({ address }) => address));
  const inModules = configured(all).filter(({ address }) => !known.has(address));
  const configuration = { ...json.configuration, root_module: { resources: [...resources, ...inModules] } };
  return new Plan({ planned_values: { root_module: { resources: all } }, configuration }, modules);
}

function plannedIn(module: PlannedModule | undefined): PlannedResource[] {
  return [...(module?.resources ?? []), ...(module?.child_modules ?? []).flatMap(plannedIn)];
}

/** The resources before the plan, in the form of a plan. Their references are found again by id and ARN. */
export function planBefore(json: PlanJson, modules: ReadonlyMap<string, string>): Plan {
  const resources = managedResources({ values: json.prior_state?.values });
  const configuration = { ...json.configuration, root_module: { resources: configured(resources) } };
  return new Plan({ planned_values: { root_module: { resources } }, configuration }, modules);
}

/** Attributes by which other resources refer to one. */
const IDENTITIES = ["id", "arn", "cluster_identifier", "identifier"] as const;

function configured(resources: readonly PlannedResource[]): ConfiguredResource[] {
  const owners = new Map<string, string[]>();
  for (const { address, values = {} } of resources) {
    for (const identity of new Set(IDENTITIES.map((attribute) => values[attribute]))) {
      if (typeof identity === "string" && identity !== "")
        owners.set(identity, [...(owners.get(identity) ?? []), address]);
    }
  }
  return resources.map(({ address, values = {} }) => ({
    address,
    expressions: Object.fromEntries(
      Object.entries(values).map(([attribute, value]) => {
        const references = strings(value as Json).flatMap((text) => owners.get(text) ?? []);
        return [attribute, { references: references.filter((other) => other !== address) }];
      }),
    ),
  }));
}
