/** Sizes from smallest to largest; the list of a family is a part of it. */
export type SizesByFamily = Readonly<Record<string, readonly string[]>>;

/** Reads a table from a list of sizes to the families that have exactly those, both separated by spaces. */
export function sizesByFamily(table: Readonly<Record<string, string>>): SizesByFamily {
  const rows = Object.entries(table).flatMap(([sizes, families]) =>
    families.split(" ").map((family) => [family, sizes.split(" ")] as const),
  );
  return Object.fromEntries(rows);
}

/** Month of the lists of types. A type that AWS added later can still be passed as a Terraform variable, which is not checked. */
const LISTED = "2026-11";

/** Says which types exist instead of one that does not; `undefined` when it exists. */
export function describeUnknownSize(table: SizesByFamily, family: string, size: string): string | undefined {
  const sizes = Object.hasOwn(table, family) ? table[family]! : undefined;
  if (sizes?.includes(size)) return undefined;
  const known = sizes === undefined ? `there was no family ${family}` : `${family} had ${sizes.join(", ")}`;
  return `In ${LISTED} ${known}; a type that is newer can be passed as a Terraform variable.`;
}
