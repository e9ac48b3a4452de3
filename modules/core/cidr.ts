import { Address4 } from "ip-address";

/** An IPv4 block: its first address as an unsigned 32-bit number, and its prefix length. */
export interface Cidr {
  readonly base: number;
  readonly prefix: number;
}

/** Reads an IPv4 CIDR block as written, host bits included. Returns `undefined` for any other text, also for `010.0.0.0/8`. */
export function parseCidr(text: string): Cidr | undefined {
  if (!Address4.isValid(text)) return undefined;
  const address = new Address4(text);
  const block = { base: Number(address.bigInt()), prefix: address.subnetMask };
  // The library also reads an address without a prefix length, and leading zeros in the prefix length.
  return formatCidr(block) === text ? block : undefined;
}

export function formatCidr({ base, prefix }: Cidr): string {
  return `${Address4.fromInteger(base).correctForm()}/${prefix}`;
}

/** Returns the number of addresses in a block of this prefix length. */
export function sizeOf(prefix: number): number {
  return 2 ** (32 - prefix);
}

/** Clears the host bits. */
export function networkOf(block: Cidr): Cidr {
  return { base: Number(toAddress(block).startAddress().bigInt()), prefix: block.prefix };
}

/** Returns the `index`-th block of length `prefix` inside `parent`, counted from 0. The caller keeps the index within the parent. */
export function subnetOf(parent: Cidr, prefix: number, index: number): Cidr {
  return { base: parent.base + index * sizeOf(prefix), prefix };
}

/** Whether two blocks share an address. */
export function overlap(a: Cidr, b: Cidr): boolean {
  const [one, other] = [toAddress(a), toAddress(b)];
  return one.isInSubnet(other) || other.isInSubnet(one);
}

/** Blocks for private use: RFC 1918 and the shared address space of RFC 6598. */
const PRIVATE_BLOCKS = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"].map(
  (text) => new Address4(text),
);

/** Whether every address of the block is for private use. */
export function isPrivate(block: Cidr): boolean {
  const address = toAddress(block);
  return PRIVATE_BLOCKS.some((space) => address.isInSubnet(space));
}

function toAddress(block: Cidr): Address4 {
  return new Address4(formatCidr(block));
}
