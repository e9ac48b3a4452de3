import fc from "fast-check";
import { formatCidr, networkOf, overlap, parseCidr, sizeOf } from "../../../modules/core/cidr";
import {
  LARGEST_VPC_PREFIX,
  SMALLEST_SUBNET_PREFIX,
  SMALLEST_VPC_PREFIX,
  subnetCidr,
  TIERS,
  zoneLetter,
} from "../../../modules/network/subnet-plan";

const ZONES = [..."abcdefgh"].map((letter) => `us-east-1${letter}`);
const vpcs = fc
  .record({
    base: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    prefix: fc.integer({ min: LARGEST_VPC_PREFIX, max: SMALLEST_VPC_PREFIX }),
  })
  .map((raw) => networkOf(raw));

it("gives every tier in every zone a subnet inside the VPC that overlaps no other and that AWS accepts", () => {
  fc.assert(
    fc.property(vpcs, (vpc) => {
      const subnets = TIERS.flatMap((tier) => ZONES.map((zone) => parseCidr(subnetCidr(vpc, tier, zone))!));
      for (const [index, subnet] of subnets.entries()) {
        expect(formatCidr(networkOf(subnet))).toBe(formatCidr(subnet));
        expect(subnet.base).toBeGreaterThanOrEqual(vpc.base);
        expect(subnet.base + sizeOf(subnet.prefix)).toBeLessThanOrEqual(vpc.base + sizeOf(vpc.prefix));
        expect(subnet.prefix).toBeLessThanOrEqual(SMALLEST_SUBNET_PREFIX);
        for (const other of subnets.slice(index + 1)) expect(overlap(subnet, other)).toBe(false);
      }
    }),
  );
});

it("keeps the last quarter of the VPC free", () => {
  const vpc = parseCidr("10.0.0.0/16")!;
  const end = Math.max(
    ...TIERS.flatMap((tier) => ZONES.map((zone) => parseCidr(subnetCidr(vpc, tier, zone))!)).map(
      ({ base, prefix }) => base + sizeOf(prefix),
    ),
  );
  expect(end).toBe(vpc.base + (sizeOf(16) * 3) / 4);
});

it.each([
  ["ap-northeast-1a", "a"],
  ["us-gov-west-1b", "b"],
  ["us-east-1z", undefined],
  ["us-west-2-lax-1a", undefined],
  ["us-east-1-wl1-bos-wlz-1", undefined],
  ["apne1-az4", undefined],
])("reads the letter of %s", (zone, letter) => expect(zoneLetter(zone)).toBe(letter));
