import fc from "fast-check";
import { formatCidr, isPrivate, networkOf, overlap, parseCidr, sizeOf, subnetOf } from "../../../modules/core/cidr";

const block = fc
  .record({ base: fc.integer({ min: 0, max: 2 ** 32 - 1 }), prefix: fc.integer({ min: 0, max: 32 }) })
  .map((raw) => networkOf(raw));

it("parses what it formats", () => {
  fc.assert(fc.property(block, (cidr) => expect(parseCidr(formatCidr(cidr))).toEqual(cidr)));
});

it.each([
  "10.0.0.0/33",
  "10.0.0/16",
  "256.0.0.0/8",
  "010.0.0.0/8",
  "10.0.0.0/08",
  " 10.0.0.0/8",
  "10.0.0.0",
  "::/0",
  "",
  "10.0.0.0/8/8",
  "10.0.0.0/+8",
  "10.0.0.0/8 ",
  "0x0a.0.0.0/8",
])("refuses %j", (text) => expect(parseCidr(text)).toBeUndefined());

it("clears host bits, and does not change a network address", () => {
  expect(formatCidr(networkOf(parseCidr("10.1.2.3/16")!))).toBe("10.1.0.0/16");
  fc.assert(fc.property(block, (cidr) => expect(networkOf(cidr)).toEqual(cidr)));
});

it("finds that two blocks overlap exactly when they share an address", () => {
  const small = fc
    .record({ base: fc.integer({ min: 0, max: 63 }), prefix: fc.integer({ min: 26, max: 32 }) })
    .map((raw) => networkOf(raw));
  const addresses = (cidr: { base: number; prefix: number }) =>
    new Set(Array.from({ length: sizeOf(cidr.prefix) }, (_, offset) => cidr.base + offset));
  fc.assert(
    fc.property(small, small, (a, b) => {
      const shared = [...addresses(a)].some((address) => addresses(b).has(address));
      expect(overlap(a, b)).toBe(shared);
    }),
  );
});

it("divides a parent into disjoint blocks", () => {
  const parent = parseCidr("10.0.0.0/16")!;
  expect([0, 1, 15].map((index) => formatCidr(subnetOf(parent, 20, index)))).toEqual([
    "10.0.0.0/20",
    "10.0.16.0/20",
    "10.0.240.0/20",
  ]);
});

it.each([
  ["10.0.0.0/8", true],
  ["172.16.0.0/16", true],
  ["172.32.0.0/16", false],
  ["192.168.1.0/24", true],
  ["100.64.0.0/16", true],
  ["8.8.0.0/16", false],
  ["0.0.0.0/0", false],
  ["10.0.0.0/7", false],
])("%s is private address space: %s", (text, expected) => expect(isPrivate(parseCidr(text)!)).toBe(expected));
