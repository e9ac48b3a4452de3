import { type DatabaseEngine } from "./engine-versions";
import { ENGINE_TRAITS } from "./engine-traits";

/** Format of a class name: `db.t4g.micro`, `db.r6i.32xlarge`, `db.x2iedn.8xlarge`. */
export const INSTANCE_CLASS = /^db\.[a-z]\d[a-z]*\.(micro|small|medium|large|\d{0,2}xlarge)$/;

/**
 * Families that AWS has retired or is retiring, and the family to use instead.
 * Source: RDS user guide, "DB instance class types", previous generations.
 */
export const RETIRED_FAMILIES: Readonly<Record<string, string>> = {
  t1: "t4g",
  t2: "t4g",
  m1: "m7g",
  m2: "r7g",
  m3: "m7g",
  m4: "m7g",
  r3: "r7g",
  r4: "r7g",
};

/** Sizes of the burstable families; every other family begins at large, or at medium for Graviton. */
const BURSTABLE_SIZES = ["micro", "small", "medium", "large", "xlarge", "2xlarge"];

export interface InstanceClass {
  readonly family: string;
  readonly size: string;
}

/** Parses a class name; `undefined` when it is malformed or the family has no such size. */
export function parseInstanceClass(text: string): InstanceClass | undefined {
  if (!INSTANCE_CLASS.test(text)) return undefined;
  const [, family = "", size = ""] = text.split(".");
  const burstable = family.startsWith("t");
  const exists = burstable ? BURSTABLE_SIZES.includes(size) : size !== "micro" && size !== "small";
  return exists ? { family, size } : undefined;
}

/**
 * Whether a class supports Performance Insights: for MySQL, the two smallest burstable sizes do not.
 * Source: RDS user guide, "Amazon RDS DB engine, Region, and instance class support for Performance Insights".
 */
export function supportsPerformanceInsights(engine: DatabaseEngine, instanceClass: string): boolean {
  if (ENGINE_TRAITS[engine].dialect === "postgresql") return true;
  return !/^db\.t\d[a-z]*\.(micro|small)$/.test(instanceClass);
}
