import { describeUnknownSize, sizesByFamily } from "../core/instance-sizes";
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

/**
 * The classes of RDS for PostgreSQL and MySQL: the sizes, and the families that have exactly those.
 * Source: RDS user guide, "Supported DB engines for DB instance classes".
 */
const CLASS_SIZES = sizesByFamily({
  "micro small medium large xlarge 2xlarge": "t3 t4g",
  "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge": "m6g m6gd m7g r6g r6gd r7g x2g",
  "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge": "m5 m5d r5 r5b r5d",
  "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge": "m6i m6id m6idn m6in r6i r6id r6idn r6in",
  "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge": "m7i m8g m8gd m9g r7i r8g r8gd r9g x8g",
  "medium large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge": "c6gd",
  "16xlarge 24xlarge 32xlarge": "x2idn",
  "xlarge 2xlarge 4xlarge 8xlarge 16xlarge 24xlarge 32xlarge": "x2iedn",
});

/** Says which classes exist instead of one that does not; `undefined` when it exists. */
export function describeUnknownClass({ family, size }: InstanceClass): string | undefined {
  return describeUnknownSize(CLASS_SIZES, family, size);
}

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
