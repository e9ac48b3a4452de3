import { isRegion } from "../core/regions";
import { formatCidr, parseCidr, sizeOf, subnetOf, type Cidr } from "../core/cidr";

export const TIERS = ["private", "isolated", "public"] as const;
export type Tier = (typeof TIERS)[number];

/** Letters of availability zones. Each has its own place in every tier, so adding or reordering zones moves no subnet. */
const ZONE_LETTERS = "abcdefgh";

/**
 * Where each tier begins in the VPC, counted in its own subnets. Private subnets (one address for each task) share the first half,
 * isolated and public subnets an eighth each; the last quarter stays free for later use.
 */
const LAYOUT: Readonly<Record<Tier, { extraBits: number; firstSubnet: number }>> = {
  private: { extraBits: 4, firstSubnet: 0 },
  isolated: { extraBits: 6, firstSubnet: 32 },
  public: { extraBits: 6, firstSubnet: 40 },
};

const MAX_EXTRA_BITS = 6;
/** AWS accepts VPCs from /16 to /28 and subnets down to /28. Source: VPC user guide, "VPC CIDR blocks". */
export const LARGEST_VPC_PREFIX = 16;
export const SMALLEST_SUBNET_PREFIX = 28;
export const SMALLEST_VPC_PREFIX = SMALLEST_SUBNET_PREFIX - MAX_EXTRA_BITS;

/** Returns `a` for `ap-northeast-1a`; `undefined` for anything but a regular availability zone, so also for Local and Wavelength Zones. */
export function zoneLetter(availabilityZone: string): string | undefined {
  const [, region = "", letter] = /^(.+)([a-h])$/.exec(availabilityZone) ?? [];
  return isRegion(region) ? letter : undefined;
}

/** Returns `ap-northeast-1` for `ap-northeast-1a`. */
export function regionOf(availabilityZone: string): string {
  return availabilityZone.slice(0, -1);
}

/** Computes the CIDR of one tier's subnet in one zone. It is inside the VPC and overlaps no other subnet (see the property tests). */
export function subnetCidr(vpc: Cidr, tier: Tier, availabilityZone: string): string {
  const { extraBits, firstSubnet } = LAYOUT[tier];
  const zoneIndex = ZONE_LETTERS.indexOf(zoneLetter(availabilityZone) ?? "a");
  return formatCidr(subnetOf(vpc, vpc.prefix + extraBits, firstSubnet + zoneIndex));
}

/** Returns the block that holds the private subnets of all zones and nothing else: the first half of the VPC. */
export function privateBlock(vpc: Cidr): Cidr {
  return subnetOf(vpc, vpc.prefix + 1, 0);
}

/** Returns the number, 0 to 255, of a subnet's /64 in the VPC's /56. As with IPv4, each letter has its own place in every tier. */
export function ipv6SubnetNumber(tier: Tier, availabilityZone: string): number {
  const zoneIndex = ZONE_LETTERS.indexOf(zoneLetter(availabilityZone) ?? "a");
  return TIERS.indexOf(tier) * ZONE_LETTERS.length + zoneIndex;
}

/** Explains in an error message why a VPC is too small. */
export function explainSmallestVpc(cidrBlock: string): string {
  const vpc = parseCidr(cidrBlock);
  if (!vpc) return "";
  const prefix = vpc.prefix + MAX_EXTRA_BITS;
  return `A /${vpc.prefix} has ${sizeOf(vpc.prefix)} addresses; 3 tiers in up to 8 zones leave subnets of /${prefix}, and AWS allows none smaller than /${SMALLEST_SUBNET_PREFIX}`;
}
