import { type Checks, formatValue } from "../../core/checks";
import { isUnresolved } from "../../core/tokens";
import { regionOf, zoneLetter } from "../subnet-plan";

/** Requires 2 to 6 literal availability zones of one region, each once. */
export function checkAvailabilityZones(checks: Checks, zones: readonly string[]): void {
  const prop = "availabilityZones";
  if (!checks.required(prop, zones, 'Name them, for example ["ap-northeast-1a", "ap-northeast-1c"].')) return;
  if (isUnresolved(zones) || !Array.isArray(zones)) {
    const remedy = "Ids and CIDRs are computed from the zones at synth, so they cannot come from a data source.";
    const expected = "a list of literal zone names";
    checks.add({ code: "core/literal-required", prop, expected, got: formatValue(zones), remedy });
    return;
  }
  checks.count(
    prop,
    zones,
    { min: 2, max: 6 },
    "A load balancer needs two zones, and the service must survive the failure of one.",
    "network/zone-count",
  );
  const malformed = zones.filter((zone) => typeof zone !== "string" || zoneLetter(zone) === undefined);
  checks.require(malformed.length === 0, {
    code: "network/zone-name",
    prop,
    expected: "names of regular availability zones, such as ap-northeast-1a",
    got: malformed.map(formatValue).join(", "),
    remedy: "List the zones of your account with `aws ec2 describe-availability-zones`.",
  });
  checks.distinct(prop, zones, "zone", "Remove the repeated zone.");
  const regions = [...new Set(zones.filter((zone) => !malformed.includes(zone)).map(regionOf))];
  checks.require(regions.length <= 1, {
    code: "network/zone-regions",
    prop,
    expected: "zones of one region",
    got: regions.join(", "),
    remedy: "A VPC belongs to one region.",
  });
  const [region] = regions;
  if (regions.length !== 1 || region === undefined) return;
  checks.whenLocated(undefined, (location) =>
    location.region === undefined || location.region === region
      ? undefined
      : {
          code: "network/zone-regions",
          prop,
          expected: `zones of ${location.region}, the region of the stack`,
          got: zones.map(formatValue).join(", "),
          remedy: "Name zones of that region, or change the region of the stack's provider.",
        },
  );
}
