import { type Construct, type IConstruct } from "constructs";
import { Checks } from "../core/checks";
import { isUnresolved } from "../core/tokens";

/** The construct that creates the validation record of a name in an existing zone, by app. */
const ownersByApp = new WeakMap<IConstruct, Map<string, Construct>>();

/**
 * Refuses validation records that another construct of the app creates in the same zone. A zone that is known only at apply is not compared:
 * Route 53 refuses a second record.
 */
export function refuseSharedRecords(scope: Construct, zoneId: string | undefined, names: readonly string[]): void {
  if (zoneId === undefined || isUnresolved(zoneId)) return;
  const app = scope.node.root;
  const owners = ownersByApp.get(app) ?? new Map<string, Construct>();
  ownersByApp.set(app, owners);
  const checks = new Checks(scope);
  for (const name of names) {
    const key = `${zoneId}/${name}`;
    const owner = owners.get(key);
    checks.require(owner === undefined, {
      code: "dns-certificate/shared-validation-record",
      prop: "createValidationRecords",
      expected: `one construct that creates the validation record of ${name} in the zone ${zoneId}`,
      got: `a second one, beside ${owner?.node.path}`,
      remedy: "Set it to false here, and destroy the other one last; or give both certificates names of their own.",
    });
    owners.set(key, owner ?? scope);
  }
  checks.throwIfInvalid();
}
