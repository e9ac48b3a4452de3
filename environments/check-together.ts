import { Checks, formatValue } from "../modules/core/checks";
import { overlap, parseCidr } from "../modules/core/cidr";
import { withoutRootDot } from "../modules/core/domain-name";
import { type Environment } from "./environment";

/**
 * Checks what no single environment can see: that they do not get into each other's way.
 *
 * Blocks may not overlap in any account or region: two networks with one block can never be peered, reached through one VPN or
 * put behind one transit gateway, and the block of a VPC cannot be changed without replacing everything in it. Neither may the
 * sites' names and the zones that are made for them.
 *
 * @returns the environments as they are
 * @throws ConfigurationError with every conflict
 */
export function checkTogether(environments: readonly Environment[]): readonly Environment[] {
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

/** A name leads to one place, and of two zones of one name the parent can name the servers of one only. */
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
    prop: `${other.name}.cidrBlock`,
    expected: `a block apart from that of ${one.name} (${one.cidrBlock})`,
    got: formatValue(other.cidrBlock),
    remedy:
      "Networks that overlap can never be connected, and a block cannot be changed later: take the next free one.",
  });
}
