import { type Checks, formatValue } from "../../core/checks";
import { isWithin, withoutRootDot } from "../../core/domain-name";

/** Id of a hosted zone. Source: Route 53 API reference, the data type ResourceId. */
export const ZONE_ID = /^[A-Z0-9]{1,32}$/;

/** Requires that every name is the zone's own name or below it. */
export function checkWithinZone(
  checks: Checks,
  prop: string,
  names: readonly string[],
  zone: string | undefined,
): void {
  if (zone === undefined) return;
  const outside = names.filter((name) => !isWithin(withoutRootDot(name), withoutRootDot(zone)));
  checks.require(outside.length === 0, {
    code: "dns-certificate/outside-zone",
    prop,
    expected: `names in the zone ${withoutRootDot(zone)}`,
    got: outside.map(formatValue).join(", "),
    remedy: "The zone cannot answer for other names.",
  });
}
