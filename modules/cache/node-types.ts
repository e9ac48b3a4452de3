/** Shape of a node type: `cache.t4g.micro`, `cache.r7g.16xlarge`. */
const NODE_TYPE = /^cache\.([a-z]\d[a-z]*)\.(micro|small|medium|large|\d{0,2}xlarge)$/;

/**
 * Families not to start with, and what to take instead.
 * Source: ElastiCache user guide, "Supported node types"; r6gd keeps most of its data on disk and needs data tiering.
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

/** Whether a type by that name can exist: burstable nodes end at medium, all others begin at large. */
export function isNodeType(text: string): boolean {
  const [, family, size = ""] = NODE_TYPE.exec(text) ?? [];
  if (family === undefined) return false;
  return family.startsWith("t") === BURSTABLE_SIZES.includes(size);
}

/** The family to take instead of a retired or unfit one. */
export function betterFamily(nodeType: string): string | undefined {
  return REFUSED_FAMILIES[nodeType.split(".")[1] ?? ""];
}
