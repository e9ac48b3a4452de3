import { type Configuration } from "./configuration";
import { finding } from "./finders";
import { type Resource } from "./resource";
import { type Finding } from "./rule";
import { isTemplate } from "./template-text";

/**
 * Requires subnets in at least two availability zones. The zones of subnets in other states are unknown, so two different subnets are
 * enough there.
 */
export function twoZones(resource: Resource, attribute: string, configuration: Configuration): Finding[] {
  const subnets = resource.list(attribute);
  if (!subnets) return [];
  const expected = "subnets in at least 2 availability zones";
  const distinct = [...new Set(subnets)];
  if (distinct.length < 2) {
    // One reference may stand for a whole list of subnets.
    const mayBeList = distinct.some((subnet) => isTemplate(subnet) && configuration.referenced(subnet).length === 0);
    return mayBeList ? [] : [finding(attribute, expected, distinct.length)];
  }
  const zones = distinct.map((subnet) => zoneOf(subnet, configuration));
  if (zones.includes(undefined)) return [];
  return new Set(zones).size >= 2 ? [] : [finding(attribute, expected, zones[0])];
}

function zoneOf(subnet: unknown, configuration: Configuration): string | undefined {
  const zone = configuration.referenced(subnet).find(({ type }) => type === "aws_subnet")?.body["availability_zone"];
  return typeof zone === "string" && !isTemplate(zone) ? zone : undefined;
}
