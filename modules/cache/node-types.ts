/** Format of a node type: `cache.t4g.micro`, `cache.r7g.16xlarge`. */
const NODE_TYPE = /^cache\.([a-z]\d[a-z]*)\.(micro|small|medium|large|\d{0,2}xlarge)$/;

/**
 * Families that are refused, and the family to use instead.
 * Source: ElastiCache user guide, "Supported node types"; r6gd keeps most of its data on disk and requires data tiering.
 */
const REFUSED_FAMILIES: Readonly<Record<string, string>> = {
  t1: "t4g",
  t2: "t4g",
  m1: "m7g",
  m2: "r7g",
  m3: "m7g",
  m4: "m7g",
  c1: "m7g",
  r3: "r7g",
  r4: "r7g",
  r6gd: "r7g",
};

const BURSTABLE_SIZES = ["micro", "small", "medium"];

/** Whether a node type with that name can exist: burstable types end at medium, all others begin at large. */
export function isNodeType(text: string): boolean {
  const [, family, size = ""] = NODE_TYPE.exec(text) ?? [];
  if (family === undefined) return false;
  return family.startsWith("t") === BURSTABLE_SIZES.includes(size);
}

/** Returns the family to use instead of a refused one. */
export function replacementFamily(nodeType: string): string | undefined {
  return REFUSED_FAMILIES[nodeType.split(".")[1] ?? ""];
}
