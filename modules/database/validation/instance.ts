import { type Checks, formatValue } from "../../core/checks";
import { isRegion } from "../../core/regions";
import { isUnresolved, literal } from "../../core/tokens";
import { type CompleteInstanceProps } from "../defaults";
import {
  describeUnknownClass,
  parseInstanceClass,
  RETIRED_FAMILIES,
  supportsPerformanceInsights,
} from "../instance-classes";
import { STORAGE_TYPES, type StorageType } from "../props";
import { leastStorageLimitGiB, MAX_STORAGE_GIB } from "../storage-limit";

/** From this size, gp3 is striped over four volumes, and IOPS and throughput can be set. */
const GP3_STRIPED_GIB = 400;

interface StorageLimits {
  readonly minGiB: number;
  readonly minIops: number;
  readonly maxIops: number;
  readonly maxIopsPerGiB: number;
}

/**
 * Limits for PostgreSQL and MySQL. Source: RDS user guide, "Amazon RDS DB instance storage".
 */
const STORAGE: Readonly<Record<StorageType, StorageLimits>> = {
  gp3: { minGiB: 20, minIops: 12_000, maxIops: 64_000, maxIopsPerGiB: 500 },
  io2: { minGiB: 100, minIops: 1_000, maxIops: 256_000, maxIopsPerGiB: 1_000 },
};
const GP3_THROUGHPUT_MIBPS = { min: 500, max: 4_000, unit: "MiB/s" };
const GP3_MIBPS_PER_IOPS = 0.25;

export function checkInstance(checks: Checks, props: CompleteInstanceProps): void {
  checkClass(checks, props, "instanceClass", props.instanceClass);
  checkReplicas(checks, props);
  checks.literalBoolean("multiAz", props.multiAz);
  if (STORAGE_TYPES.includes(props.storageType)) checkStorage(checks, props);
}

/** Source: RDS user guide, "Working with DB instance read replicas". */
const MAX_READ_REPLICAS = 15;

function checkReplicas(checks: Checks, props: CompleteInstanceProps): void {
  const { readReplicaCount: count, readReplicaClass, readReplicaZones: zones } = props;
  checks.require(!isUnresolved(count), {
    code: "core/literal-required",
    prop: "readReplicaCount",
    expected: "a literal",
    got: formatValue(count),
    remedy: "It decides what is synthesized, so it must be known at synth.",
  });
  const remedy = `An RDS instance has at most ${MAX_READ_REPLICAS} read replicas.`;
  checks.integer("readReplicaCount", count, { min: 0, max: MAX_READ_REPLICAS }, remedy);
  for (const prop of ["readReplicaClass", "readReplicaZones"] as const) {
    checks.require(count !== 0 || props[prop] === undefined, {
      code: "database/replica-setting-without-replicas",
      prop,
      expected: "nothing without read replicas",
      got: formatValue(props[prop]),
      remedy: "Set readReplicaCount.",
    });
  }
  if (readReplicaClass !== undefined) checkClass(checks, props, "readReplicaClass", readReplicaClass);
  const malformed = (zones ?? []).filter(
    (zone) => !isUnresolved(zone) && !(/[a-z]$/.test(zone) && isRegion(zone.slice(0, -1))),
  );
  checks.require(malformed.length === 0 && zones?.length !== 0, {
    code: "database/replica-zones",
    prop: "readReplicaZones",
    expected: "zones such as ap-northeast-1a",
    got: malformed.length > 0 ? malformed.map(formatValue).join(", ") : formatValue(zones),
    remedy: "Use zones of the network, or omit it.",
  });
  if (malformed.length === 0) checkZonesOfRegion(checks, zones ?? []);
}

function checkZonesOfRegion(checks: Checks, zones: readonly string[]): void {
  checks.whenLocated(undefined, ({ region }) => {
    const foreign = zones.filter((zone) => !isUnresolved(zone) && region !== undefined && zone.slice(0, -1) !== region);
    if (foreign.length === 0) return undefined;
    return {
      code: "database/replica-zones",
      prop: "readReplicaZones",
      expected: `zones of ${region}, the region of the stack`,
      got: foreign.map(formatValue).join(", "),
      remedy: "A read replica is in the region of its source: use zones of the network.",
    };
  });
}

function checkClass(checks: Checks, props: CompleteInstanceProps, prop: string, instanceClass: string): void {
  const { engine, performanceInsights, databaseInsights } = props;
  if (isUnresolved(instanceClass)) return;
  const parsed = typeof instanceClass === "string" ? parseInstanceClass(instanceClass) : undefined;
  checks.require(parsed !== undefined, {
    code: "database/instance-class",
    prop,
    expected: "a class of RDS instances, such as db.t4g.micro or db.m7g.large",
    got: formatValue(instanceClass),
    remedy: "Names begin with db., and only burstable families have micro and small.",
  });
  if (!parsed) return;
  const successor = RETIRED_FAMILIES[parsed.family];
  checks.require(successor === undefined, {
    code: "database/retired-instance-class",
    prop,
    expected: "an instance family that AWS still offers",
    got: formatValue(instanceClass),
    remedy: `Use db.${successor} instead.`,
  });
  const unknown = successor === undefined ? describeUnknownClass(parsed) : undefined;
  checks.require(unknown === undefined, {
    code: "database/instance-class",
    prop,
    expected: "a class that exists in RDS for PostgreSQL and MySQL",
    got: formatValue(instanceClass),
    remedy: String(unknown),
  });
  const wanted = performanceInsights === true || databaseInsights === "advanced";
  checks.require(!wanted || supportsPerformanceInsights(engine, instanceClass), {
    code: "database/performance-insights-unsupported",
    prop: "performanceInsights",
    expected: `nothing with ${engine} on ${instanceClass}`,
    got: formatValue(performanceInsights ?? databaseInsights),
    remedy: "MySQL supports Performance Insights from db.t4g.medium up.",
  });
}

function checkStorage(checks: Checks, props: CompleteInstanceProps): void {
  const { storageType, allocatedStorageGiB, maxAllocatedStorageGiB } = props;
  const range = { min: STORAGE[storageType].minGiB, max: MAX_STORAGE_GIB, unit: "GiB" };
  checks.integer("allocatedStorageGiB", allocatedStorageGiB, range, `That is the range of ${storageType}.`);
  checks.integer(
    "maxAllocatedStorageGiB",
    maxAllocatedStorageGiB,
    range,
    "It limits storage autoscaling, and so the bill.",
  );
  checkPerformance(checks, props);
  const allocated = literal(allocatedStorageGiB);
  const limit = literal(maxAllocatedStorageGiB);
  if (allocated === undefined || limit === undefined) return;
  const least = leastStorageLimitGiB(allocated);
  checks.require(limit >= least, {
    code: "database/storage-limit",
    prop: "maxAllocatedStorageGiB",
    expected: `at least ${least} GiB, a tenth above allocatedStorageGiB`,
    got: formatValue(limit),
    remedy: "RDS accepts no lower limit; omit it for twice the allocated storage.",
  });
}

function checkPerformance(checks: Checks, props: CompleteInstanceProps): void {
  const { storageType, iops, throughputMiBps } = props;
  const allocated = literal(props.allocatedStorageGiB);
  const limits = STORAGE[storageType];
  checks.integer("iops", iops, { min: limits.minIops, max: limits.maxIops }, `That is the range of ${storageType}.`);
  checks.integer("throughputMiBps", throughputMiBps, GP3_THROUGHPUT_MIBPS, "That is the range of gp3.");
  if (storageType === "io2") {
    checks.required("iops", iops, "io2 has no default: set iops.", "database/iops-missing");
    checks.require(throughputMiBps === undefined, {
      code: "database/fixed-performance",
      prop: "throughputMiBps",
      expected: "nothing with storageType io2",
      got: formatValue(throughputMiBps),
      remedy: "The throughput of io2 follows from its IOPS.",
    });
  } else if (allocated !== undefined && allocated < GP3_STRIPED_GIB) {
    for (const prop of ["iops", "throughputMiBps"] as const) {
      checks.require(props[prop] === undefined, {
        code: "database/fixed-performance",
        prop,
        expected: `nothing below ${GP3_STRIPED_GIB} GiB of gp3`,
        got: formatValue(props[prop]),
        remedy: "A smaller gp3 volume always has 3,000 IOPS and 125 MiB/s.",
      });
    }
    return;
  }
  checkRatios(checks, { iops: literal(iops), throughputMiBps: literal(throughputMiBps), allocated, limits });
}

interface Ratios {
  readonly iops: number | undefined;
  readonly throughputMiBps: number | undefined;
  readonly allocated: number | undefined;
  readonly limits: StorageLimits;
}

function checkRatios(checks: Checks, { iops, throughputMiBps, allocated, limits }: Ratios): void {
  const max = (allocated ?? Number.POSITIVE_INFINITY) * limits.maxIopsPerGiB;
  checks.require(iops === undefined || iops <= max, {
    code: "database/performance-ratio",
    prop: "iops",
    expected: `at most ${max} (${limits.maxIopsPerGiB} per GiB)`,
    got: formatValue(iops),
    remedy: "Allocate more storage or lower iops.",
  });
  const maxThroughput = (iops ?? limits.minIops) * GP3_MIBPS_PER_IOPS;
  checks.require(throughputMiBps === undefined || throughputMiBps <= maxThroughput, {
    code: "database/performance-ratio",
    prop: "throughputMiBps",
    expected: `at most ${maxThroughput} (a quarter of the IOPS)`,
    got: formatValue(throughputMiBps),
    remedy: "Raise iops or lower throughputMiBps.",
  });
}
