/** An IPv4 block by its first address (as an unsigned 32-bit number) and prefix length. */
export interface Cidr {
  readonly base: number;
  readonly prefix: number;
}

const OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const IPV4_CIDR = new RegExp(`^${OCTET}\\.${OCTET}\\.${OCTET}\\.${OCTET}/(3[0-2]|[12]?\\d)$`);

/** The block as written, host bits and all; `undefined` when the text is no IPv4 CIDR. */
export function parseCidr(text: string): Cidr | undefined {
  const match = IPV4_CIDR.exec(text);
  if (!match) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, prefix = 0] = match.slice(1).map(Number);
  return { base: a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d, prefix };
}

export function formatCidr({ base, prefix }: Cidr): string {
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(base / 2 ** shift) % 256);
  return `${octets.join(".")}/${prefix}`;
}

/** Number of addresses in a block of this prefix length. */
export function sizeOf(prefix: number): number {
  return 2 ** (32 - prefix);
}

/** The block with its host bits cleared. */
export function networkOf({ base, prefix }: Cidr): Cidr {
  return { base: base - (base % sizeOf(prefix)), prefix };
}

/** The `index`-th block of length `prefix` inside `parent`, counted from 0. The caller keeps the index within the parent. */
export function subnetOf(parent: Cidr, prefix: number, index: number): Cidr {
  return { base: parent.base + index * sizeOf(prefix), prefix };
}

export function overlap(a: Cidr, b: Cidr): boolean {
  return a.base < b.base + sizeOf(b.prefix) && b.base < a.base + sizeOf(a.prefix);
}

/** Blocks for private use: RFC 1918 and the shared space of RFC 6598. */
const PRIVATE_SPACE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"].map((text) =>
  parseCidr(text)!,
);

export function isPrivate(block: Cidr): boolean {
  return PRIVATE_SPACE.some((space) => overlap(space, block) && block.prefix >= space.prefix);
}
