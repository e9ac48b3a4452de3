import { Checks, formatValue } from "../../modules/core/checks";
import { overlap, parseCidr } from "../../modules/core/cidr";
import { withoutRootDot } from "../../modules/core/domain-name";
import { type Environment } from "../schema";

/**
 * Refuses environments that conflict: equal names, overlapping CIDR blocks, a domain name or a new hosted zone used twice.
 *
 * CIDR blocks must not overlap, whatever the account or region: overlapping networks can never be peered, reached through one VPN or
 * attached to one transit gateway, and the block of a VPC cannot be changed without replacing everything in it.
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
    "Stack names, state keys and physical names are made from it.",
  );
  checkSites(checks, environments);
  for (const [index, one] of environments.entries()) {
    for (const other of environments.slice(index + 1)) checkBlocks(checks, one, other);
  }
  checks.throwIfInvalid();
  return environments;
}

/** A domain name can point to one environment only, and a parent zone can delegate a name to one zone only. */
function checkSites(checks: Checks, environments: readonly Environment[]): void {
  const entrances = environments.map(({ entrance }) => entrance);
  const names = entrances.flatMap((entrance) => ("domainName" in entrance ? [entrance.domainName] : []));
  checks.distinct("entrance.domainName", names, "name", "A domain name can point to one environment only.");
  const zones = entrances.flatMap((entrance) =>
    "zoneName" in entrance && entrance.zoneId === undefined ? [withoutRootDot(entrance.zoneName)] : [],
  );
  checks.distinct(
    "entrance.zoneName",
    zones,
    "zone that is created here",
    "The parent zone can delegate to one of them only: pass its zoneId to the others, or give each environment a zone below it.",
  );
}

function checkBlocks(checks: Checks, one: Environment, other: Environment): void {
  const [block, taken] = [parseCidr(other.cidrBlock), parseCidr(one.cidrBlock)];
  if (!block || !taken) return;
  checks.require(!overlap(block, taken), {
    code: "environments/overlapping-cidr-blocks",
    prop: `${other.name}.cidrBlock`,
    expected: `a block that does not overlap that of ${one.name} (${one.cidrBlock})`,
    got: formatValue(other.cidrBlock),
    remedy:
      "Choose a free block: overlapping networks can never be connected, and a VPC's block cannot be changed later.",
  });
}
