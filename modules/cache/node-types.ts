import { describeUnknownSize, sizesByFamily } from "../core/instance-sizes";
import { type CacheEngine } from "./engine-versions";

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

/**
 * The node types of current generations: the sizes, and the families that have exactly those.
 * Source: ElastiCache user guide, "Supported node types".
 */
export const NODE_SIZES = sizesByFamily({
  "micro small medium": "t3 t4g",
  "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge": "m6g m7g m8g r6g r7g r8g c7gn c8gn",
  "large xlarge 2xlarge 4xlarge 12xlarge 24xlarge": "m5 r5",
});

/** Families whose nodes run Valkey only. Source: ElastiCache user guide, "Supported node types". */
const VALKEY_ONLY = ["m8g", "r8g", "c8gn"];

/** Whether a node type with that name can exist: burstable types end at medium, all others begin at large. */
export function isNodeType(text: string): boolean {
  const [, family, size = ""] = NODE_TYPE.exec(text) ?? [];
  if (family === undefined) return false;
  return family.startsWith("t") === BURSTABLE_SIZES.includes(size);
}

/** Returns the family to use instead of a refused one. */
export function replacementFamily(nodeType: string): string | undefined {
  return REFUSED_FAMILIES[familyOf(nodeType)];
}

/** Says which types exist instead of one that does not, or not for the engine; `undefined` when it does. */
export function describeUnknownNodeType(nodeType: string, engine: CacheEngine): string | undefined {
  const family = familyOf(nodeType);
  if (engine === "redis" && VALKEY_ONLY.includes(family)) return `${family} runs Valkey only.`;
  return describeUnknownSize(NODE_SIZES, family, nodeType.split(".")[2] ?? "");
}

function familyOf(nodeType: string): string {
  return nodeType.split(".")[1] ?? "";
}
