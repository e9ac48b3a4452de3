import { formatCidr, parseCidr, sizeOf, subnetOf, type Cidr } from "../core/cidr";

export const TIERS = ["private", "isolated", "public"] as const;
export type Tier = (typeof TIERS)[number];

/** Zones are lettered a to h; each letter has its own place in every tier, so adding or reordering zones moves no subnet. */
const ZONE_LETTERS = "abcdefgh";

/**
 * Where each tier stands in the VPC, in units of its own subnets: private subnets (tasks, one address each) share the first half,
 * isolated and public ones an eighth each, and the last quarter stays free for what comes later.
 */
const LAYOUT: Readonly<Record<Tier, { extraBits: number; firstSubnet: number }>> = {
  private: { extraBits: 4, firstSubnet: 0 },
  isolated: { extraBits: 6, firstSubnet: 32 },
  public: { extraBits: 6, firstSubnet: 40 },
};

const MOST_EXTRA_BITS = 6;
/** AWS takes VPCs from /16 to /28 and subnets down to /28. Source: VPC user guide, "VPC CIDR blocks". */
export const LARGEST_VPC_PREFIX = 16;
export const SMALLEST_SUBNET_PREFIX = 28;
export const SMALLEST_VPC_PREFIX = SMALLEST_SUBNET_PREFIX - MOST_EXTRA_BITS;

/** `a` of `ap-northeast-1a`; `undefined` for anything but an ordinary availability zone (local and wavelength zones too). */
export function zoneLetter(availabilityZone: string): string | undefined {
  return /^[a-z]{2}(?:-[a-z]+)+-\d([a-h])$/.exec(availabilityZone)?.[1];
}

/** `ap-northeast-1` of `ap-northeast-1a`. */
export function regionOf(availabilityZone: string): string {
  return availabilityZone.slice(0, -1);
}

/** The CIDR of one tier's subnet in one zone. Deterministic, disjoint from every other, inside the VPC (see the property tests). */
export function subnetCidr(vpc: Cidr, tier: Tier, availabilityZone: string): string {
  const { extraBits, firstSubnet } = LAYOUT[tier];
  const slot = ZONE_LETTERS.indexOf(zoneLetter(availabilityZone) ?? "a");
  return formatCidr(subnetOf(vpc, vpc.prefix + extraBits, firstSubnet + slot));
}

/** The block that the private subnets of all zones share, and nothing else is in: the first half of the VPC. */
export function privateBlock(vpc: Cidr): Cidr {
  return subnetOf(vpc, vpc.prefix + 1, 0);
}

/** Which of the 256 blocks of /64 in the VPC's IPv6 block is the subnet's: like the IPv4 ones, one for each letter in every tier. */
export function ipv6SubnetNumber(tier: Tier, availabilityZone: string): number {
  const slot = ZONE_LETTERS.indexOf(zoneLetter(availabilityZone) ?? "a");
  return TIERS.indexOf(tier) * ZONE_LETTERS.length + slot;
}

/** The arithmetic in words, for the error of a VPC that is too small. */
export function explainSmallestVpc(cidrBlock: string): string {
  const vpc = parseCidr(cidrBlock);
  if (!vpc) return "";
  const prefix = vpc.prefix + MOST_EXTRA_BITS;
  return `A /${vpc.prefix} has ${sizeOf(vpc.prefix)} addresses; 3 tiers in up to 8 zones make subnets of /${prefix}, and AWS takes none smaller than /${SMALLEST_SUBNET_PREFIX}`;
}
