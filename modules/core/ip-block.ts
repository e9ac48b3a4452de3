import { isIPv6 } from "node:net";
import { type Checks, formatValue } from "./checks";
import { formatCidr, networkOf, parseCidr } from "./cidr";
import { isUnresolved } from "./tokens";

/** A block of IPv4 or IPv6 addresses. */
export interface IpBlock {
  readonly version: 4 | 6;
  /** As AWS stores it: host bits cleared, shortest spelling. Anything else comes back changed, as a diff in every plan. */
  readonly canonical: string;
}

/** `undefined` when the text is no CIDR of either kind. */
export function parseIpBlock(text: string): IpBlock | undefined {
  const ipv4 = parseCidr(text);
  if (ipv4) return { version: 4, canonical: formatCidr(networkOf(ipv4)) };
  const [address = "", length = "", ...rest] = text.split("/");
  const valid =
    rest.length === 0 && isIPv6(address) && !address.includes("%") && /^(\d|[1-9]\d|1[01]\d|12[0-8])$/.test(length);
  return valid ? { version: 6, canonical: `${ipv6Network(address, Number(length))}/${length}` } : undefined;
}

/** Adds a problem for each block that is none, that AWS would spell in another way, or that is there twice. */
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

function ipv6Network(address: string, length: number): string {
  const [head = "", tail] = spellIpv6(address).split("::");
  const front = groups(head);
  const back = groups(tail ?? "");
  const all =
    tail === undefined ? front : [...front, ...Array<number>(8 - front.length - back.length).fill(0), ...back];
  const network = all.map((group, index) => {
    const kept = Math.min(16, Math.max(0, length - index * 16));
    return group & (0xffff << (16 - kept));
  });
  return spellIpv6(network.map((group) => group.toString(16)).join(":"));
}

function groups(text: string): number[] {
  return text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16));
}

/** The spelling of RFC 5952, which the URL standard prescribes for hosts. */
function spellIpv6(address: string): string {
  return new URL(`http://[${address}]/`).hostname.slice(1, -1);
}
