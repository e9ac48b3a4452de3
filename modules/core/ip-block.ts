import { Address6 } from "ip-address";
import { type Checks, formatValue } from "./checks";
import { formatCidr, networkOf, parseCidr } from "./cidr";
import { isUnresolved } from "./tokens";

/** A block of IPv4 or IPv6 addresses. */
export interface IpBlock {
  readonly version: 4 | 6;
  /** As AWS stores it: host bits cleared, shortest spelling (RFC 5952). Any other spelling shows as a difference in every plan. */
  readonly canonical: string;
}

/** Reads an IPv4 or IPv6 CIDR block. Returns `undefined` for any other text. */
export function parseIpBlock(text: string): IpBlock | undefined {
  const ipv4 = parseCidr(text);
  if (ipv4) return { version: 4, canonical: formatCidr(networkOf(ipv4)) };
  if (!Address6.isValid(text)) return undefined;
  const address = new Address6(text);
  const suffix = `/${address.subnetMask}`;
  // The library also reads an address without a prefix length, leading zeros in it, and zones such as fe80::1%eth0.
  if (address.zone !== "" || !text.endsWith(suffix)) return undefined;
  return { version: 6, canonical: `${address.startAddress().correctForm()}${suffix}` };
}

/** Refuses values that are not CIDR blocks, blocks that AWS would store in another spelling, and repeated blocks. */
export function checkIpBlocks(checks: Checks, prop: string, blocks: readonly string[]): void {
  for (const block of blocks) {
    const parsed = typeof block === "string" && !isUnresolved(block) ? parseIpBlock(block) : undefined;
    if (!parsed) {
      const expected = "literal IPv4 or IPv6 CIDRs, for example 203.0.113.0/24 or 2001:db8::/32";
      checks.add({
        code: "core/ip-block",
        prop,
        expected,
        got: formatValue(block),
        remedy: "A single address ends in /32 or /128.",
      });
    } else if (parsed.canonical !== block) {
      const expected = "no host bits, in the shortest spelling";
      checks.add({
        code: "core/ip-block-spelling",
        prop,
        expected,
        got: formatValue(block),
        remedy: `Use ${parsed.canonical}.`,
      });
    }
  }
  checks.distinct(prop, blocks, "block", "Remove the repeated block.");
}
