import { type Json } from "../../../tools/terraform/json";
import { type ConfiguredResource, type PlanJson, type ResourceChange } from "../../../tools/terraform/plan-json";
import { type Values } from "../../../tools/terraform/values";
import { PRICED } from "../cost/reduce-plan";

/** Types whose values a report reads beside those that have a price. */
const READ = [
  ...Object.keys(PRICED),
  "aws_lb_target_group",
  "aws_rds_cluster_instance",
  "aws_nat_gateway",
  "aws_eip",
  "aws_kms_key",
];

/** Attributes by which other resources refer to one. */
const IDENTITIES = ["id", "arn", "identifier"];

/** Reduces a plan to what a report reads: whole changes, and of all other resources what cost and drain budget depend on. */
export function reducePlan(plan: PlanJson): PlanJson {
  const { configuration, planned_values, prior_state, resource_changes = [], ...rest } = plan;
  return {
    ...rest,
    planned_values: { root_module: { resources: reduced(planned_values?.root_module?.resources ?? []) } },
    resource_changes: resource_changes.map(reducedChange),
    prior_state: { values: { root_module: { resources: reduced(prior_state?.values?.root_module?.resources ?? []) } } },
    configuration: {
      provider_config: {
        aws: { expressions: { region: configuration?.provider_config?.["aws"]?.expressions?.["region"] } },
      },
      root_module: { resources: (configuration?.root_module?.resources ?? []).map(withReferences) },
    },
  };
}

function reduced<
  T extends { readonly address: string; readonly mode: string; readonly type: string; readonly values?: Values },
>(resources: readonly T[]): { address: string; mode: string; type: string; values: Values }[] {
  return resources
    .filter(({ mode }) => mode === "managed")
    .map(({ address, mode, type, values = {} }) => ({
      address,
      mode,
      type,
      values: Object.fromEntries(
        Object.entries(values).filter(
          ([key, value]) => (READ.includes(type) || IDENTITIES.includes(key)) && isSet(value),
        ),
      ),
    }));
}

function isSet(value: unknown): boolean {
  return value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
}

function reducedChange(change: ResourceChange): ResourceChange {
  const { address, mode, type, change: what } = change;
  if (what.actions.join() !== "no-op") return change;
  return { address, mode: mode!, type: type!, change: { actions: what.actions, before: null, after: null } };
}

function withReferences({ address, expressions = {} }: ConfiguredResource): ConfiguredResource {
  const kept = Object.entries(expressions).filter(([, expression]) =>
    JSON.stringify(expression as Json).includes('"references"'),
  );
  return { address, expressions: Object.fromEntries(kept) };
}
