import { Checks, formatValue } from "../../modules/core/checks";
import { overlap, parseCidr } from "../../modules/core/cidr";
import { withoutRootDot } from "../../modules/core/domain-name";
import { type Environment } from "../schema";

/**
 * Refuses environments that conflict with each other: equal names, overlapping CIDR blocks, one domain name or one new hosted zone twice.
 *
 * CIDR blocks may not overlap in any account or region: overlapping networks can never be peered, reached through one VPN or attached to
 * one transit gateway, and the block of a VPC cannot be changed without replacing everything in it.
 *
 * @returns the environments unchanged
 * @throws ConfigurationError with every conflict
 */
export function checkBetweenEnvironments(environments: readonly Environment[]): readonly Environment[] {
  const checks = new Checks("environments");
  checks.distinct(
    "name",
    environments.map(({ name }) => name),
    "name",
    "Stacks, state and physical names are made of it.",
  );
  checkSites(checks, environments);
  for (const [index, one] of environments.entries()) {
    for (const other of environments.slice(index + 1)) checkBlocks(checks, one, other);
  }
  checks.throwIfInvalid();
  return environments;
}

/** A domain name leads to one environment, and a parent zone can delegate to the name servers of one zone only. */
function checkSites(checks: Checks, environments: readonly Environment[]): void {
  const entrances = environments.map(({ entrance }) => entrance);
  const names = entrances.flatMap((entrance) => ("domainName" in entrance ? [entrance.domainName] : []));
  checks.distinct("entrance.domainName", names, "name", "A name leads to one environment.");
  const zones = entrances.flatMap((entrance) =>
    "zoneName" in entrance && entrance.zoneId === undefined ? [withoutRootDot(entrance.zoneName)] : [],
  );
  checks.distinct(
    "entrance.zoneName",
    zones,
    "zone that is made here",
    "The parent names the servers of one: pass its zoneId to the others, or give each a zone below it.",
  );
}

function checkBlocks(checks: Checks, one: Environment, other: Environment): void {
  const [block, taken] = [parseCidr(other.cidrBlock), parseCidr(one.cidrBlock)];
  if (!block || !taken) return;
  checks.require(!overlap(block, taken), {
    code: "environments/overlapping-cidr-blocks",
    prop: `${other.name}.cidrBlock`,
    expected: `a block apart from that of ${one.name} (${one.cidrBlock})`,
    got: formatValue(other.cidrBlock),
    remedy:
      "Networks that overlap can never be connected, and a block cannot be changed later: take the next free one.",
  });
}
