import { at, entries, type Json } from "../../terraform/json";
import { type PlanJson } from "../../terraform/plan-json";

/** What keeps a resource from being destroyed. */
export interface Protection {
  readonly address: string;
  /** `deletion_protection is on` */
  readonly what: string;
}

/** Attributes with which AWS refuses a deletion. Source: the provider's documentation of each resource. */
const ATTRIBUTES = ["deletion_protection", "deletion_protection_enabled", "enable_deletion_protection"];

/** Lists what AWS protects from deletion, as it is now and not as the configuration says. */
export function protections({ resource_changes: changes = [] }: PlanJson): Protection[] {
  return changes
    .filter(({ change }) => change.actions.includes("delete"))
    .flatMap(({ address, change }) =>
      ATTRIBUTES.filter((attribute) => isOn(at(change.before, attribute))).map((attribute) => ({
        address,
        what: `${attribute} is on`,
      })),
    );
}

/** Lists what Terraform itself refuses to destroy, and with it the whole plan. */
export function preventedDestructions(stack: Json): Protection[] {
  return entries(at(stack, "resource")).flatMap(([type, resources]) =>
    entries(resources)
      .filter(([, resource]) => at(resource, "lifecycle", "prevent_destroy") === true)
      .map(([name]) => ({ address: `${type}.${name}`, what: "prevent_destroy is set" })),
  );
}

function isOn(value: Json | undefined): boolean {
  return value === true || value === "true" || value === "ACTIVE";
}
