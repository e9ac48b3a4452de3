import { parseInstanceClass } from "./instance-classes";

/**
 * GiB of memory of size `large` (two vCPUs) in each family, by the beginning of its name; the longest beginning counts.
 * Source: RDS user guide and Aurora user guide, "Hardware specifications for DB instance classes".
 */
const LARGE_GIB: Readonly<Record<string, number>> = {
  t: 8,
  m: 8,
  c: 4,
  r: 16,
  z: 16,
  x2g: 32,
  x2idn: 32,
  x2iedn: 64,
  x2iezn: 64,
  x8g: 32,
};

/** Sizes below `large`, as a part of it. */
const PART_OF_LARGE: Readonly<Record<string, number>> = {
  micro: 1 / 8,
  small: 1 / 4,
  medium: 1 / 2,
  large: 1,
  xlarge: 2,
};

/** Returns the memory of a DB instance class in GiB; `undefined` for a family that is not in the table. */
export function memoryGiBOf(instanceClass: string): number | undefined {
  const parsed = parseInstanceClass(instanceClass);
  if (!parsed) return undefined;
  const family = Object.keys(LARGE_GIB)
    .filter((beginning) => parsed.family.startsWith(beginning))
    .sort((a, b) => b.length - a.length)[0];
  const size = PART_OF_LARGE[parsed.size] ?? 2 * Number.parseInt(parsed.size, 10);
  return family === undefined ? undefined : LARGE_GIB[family]! * size;
}
