/** Whether every address of the inner IPv4 block is in the outer one. `false` for IPv6 and for what is no block. */
export function contains(outer: string, inner: string): boolean {
  const [one, other] = [parse(outer), parse(inner)];
  if (one === undefined || other === undefined || one.length > other.length) return false;
  return one.length === 0 || one.address >>> (32 - one.length) === other.address >>> (32 - one.length);
}

function parse(block: string): { readonly address: number; readonly length: number } | undefined {
  const parts = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(block)?.slice(1).map(Number);
  if (parts === undefined) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, length = 0] = parts;
  return { address: ((a << 24) | (b << 16) | (c << 8) | d) >>> 0, length };
}
