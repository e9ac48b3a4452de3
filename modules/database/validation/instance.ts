import { type Checks, formatValue } from "../../core/checks";
import { isUnresolved, literal } from "../../core/tokens";
import { type CompleteInstanceProps } from "../defaults";
import { parseInstanceClass, RETIRED_FAMILIES, supportsPerformanceInsights } from "../instance-classes";

const MAX_STORAGE_GIB = 65_536;
/** From this size on, gp3 is striped over four volumes, and only then IOPS and throughput can be chosen. */
const GP3_STRIPED_GIB = 400;

/**
 * What RDS takes for PostgreSQL and MySQL. Source: RDS user guide, "Amazon RDS DB instance storage".
 */
const STORAGE = {
  gp3: { minGiB: 20, minIops: 12_000, maxIops: 64_000, maxIopsPerGiB: 500 },
  io2: { minGiB: 100, minIops: 1_000, maxIops: 256_000, maxIopsPerGiB: 1_000 },
} as const;
const GP3_THROUGHPUT_MIBPS = { min: 500, max: 4_000, unit: "MiB/s" };
const GP3_MIBPS_PER_IOPS = 0.25;

export function checkInstance(checks: Checks, props: CompleteInstanceProps): void {
  checkClass(checks, props, "instanceClass", props.instanceClass);
  checkReplicas(checks, props);
  checks.literalBoolean("multiAz", props.multiAz);
  checks.oneOf(
    "storageType",
    props.storageType,
    ["gp3", "io2"],
    "gp2 and io1 are the generation before, dearer for the same.",
  );
  if (props.storageType === "gp3" || props.storageType === "io2") checkStorage(checks, props);
}

/** Source: RDS user guide, "Working with DB instance read replicas". */
const MAX_READ_REPLICAS = 15;

function checkReplicas(checks: Checks, props: CompleteInstanceProps): void {
  const { readReplicaCount: count, readReplicaClass, readReplicaZones: zones } = props;
  checks.require(!isUnresolved(count), {
    prop: "readReplicaCount",
    expected: "a literal",
    got: formatValue(count),
    remedy: "It decides what is synthesized, so it must be known at synth.",
  });
  const remedy = "RDS takes no more of one instance.";
  checks.integer("readReplicaCount", count, { min: 0, max: MAX_READ_REPLICAS }, remedy);
  for (const prop of ["readReplicaClass", "readReplicaZones"] as const) {
    checks.require(count !== 0 || props[prop] === undefined, {
      prop,
      expected: "nothing without read replicas",
      got: formatValue(props[prop]),
      remedy: "Set readReplicaCount.",
    });
  }
  if (readReplicaClass !== undefined) checkClass(checks, props, "readReplicaClass", readReplicaClass);
  const odd = (zones ?? []).filter((zone) => !isUnresolved(zone) && !/^[a-z]{2}(-[a-z]+)+-\d[a-z]$/.test(zone));
  checks.require(odd.length === 0 && zones?.length !== 0, {
    prop: "readReplicaZones",
    expected: "zones such as ap-northeast-1a",
    got: odd.length > 0 ? odd.map(formatValue).join(", ") : formatValue(zones),
    remedy: "Take those of the network, or leave it out.",
  });
}

function checkClass(checks: Checks, props: CompleteInstanceProps, prop: string, instanceClass: string): void {
  const { engine, performanceInsights, databaseInsights } = props;
  if (isUnresolved(instanceClass)) return;
  const parsed = typeof instanceClass === "string" ? parseInstanceClass(instanceClass) : undefined;
  checks.require(parsed !== undefined, {
    prop,
    expected: "a class of RDS instances, such as db.t4g.micro or db.m7g.large",
    got: formatValue(instanceClass),
    remedy: "Names begin with db., and only burstable families have micro and small.",
  });
  if (!parsed) return;
  const successor = RETIRED_FAMILIES[parsed.family];
  checks.require(successor === undefined, {
    prop,
    expected: "a family that AWS still sells",
    got: formatValue(instanceClass),
    remedy: `Take db.${successor} instead.`,
  });
  const wanted = performanceInsights === true || databaseInsights === "advanced";
  checks.require(!wanted || supportsPerformanceInsights(engine, instanceClass), {
    prop: "performanceInsights",
    expected: `nothing with ${engine} on ${instanceClass}`,
    got: formatValue(performanceInsights ?? databaseInsights),
    remedy: "MySQL has it from db.t4g.medium on.",
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
    "It is the ceiling of storage autoscaling, and of the bill.",
  );
  checkPerformance(checks, props);
  const allocated = literal(allocatedStorageGiB);
  const ceiling = literal(maxAllocatedStorageGiB);
  if (allocated === undefined || ceiling === undefined) return;
  const least = Math.ceil((allocated * 11) / 10);
  checks.require(ceiling >= least, {
    prop: "maxAllocatedStorageGiB",
    expected: `at least ${least} GiB, a tenth above allocatedStorageGiB`,
    got: formatValue(ceiling),
    remedy: "RDS takes no closer ceiling; leave it out for twice the allocated storage.",
  });
}

function checkPerformance(checks: Checks, props: CompleteInstanceProps): void {
  const { storageType, iops, throughputMiBps } = props;
  const allocated = literal(props.allocatedStorageGiB);
  const limits = STORAGE[storageType];
  checks.integer("iops", iops, { min: limits.minIops, max: limits.maxIops }, `That is the range of ${storageType}.`);
  checks.integer("throughputMiBps", throughputMiBps, GP3_THROUGHPUT_MIBPS, "That is the range of gp3.");
  if (storageType === "io2") {
    checks.required("iops", iops, "io2 has no IOPS of its own: say how many.");
    checks.require(throughputMiBps === undefined, {
      prop: "throughputMiBps",
      expected: "nothing with storageType io2",
      got: formatValue(throughputMiBps),
      remedy: "Its throughput follows from the IOPS.",
    });
  } else if (allocated !== undefined && allocated < GP3_STRIPED_GIB) {
    for (const prop of ["iops", "throughputMiBps"] as const) {
      checks.require(props[prop] === undefined, {
        prop,
        expected: `nothing below ${GP3_STRIPED_GIB} GiB of gp3`,
        got: formatValue(props[prop]),
        remedy: "A small gp3 volume always has 3,000 IOPS and 125 MiB/s.",
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
  readonly limits: { readonly minIops: number; readonly maxIopsPerGiB: number };
}

function checkRatios(checks: Checks, { iops, throughputMiBps, allocated, limits }: Ratios): void {
  const most = (allocated ?? Number.POSITIVE_INFINITY) * limits.maxIopsPerGiB;
  checks.require(iops === undefined || iops <= most, {
    prop: "iops",
    expected: `at most ${limits.maxIopsPerGiB} for each GiB, ${most} here`,
    got: formatValue(iops),
    remedy: "Allocate more storage or take fewer IOPS.",
  });
  const mostThroughput = (iops ?? limits.minIops) * GP3_MIBPS_PER_IOPS;
  checks.require(throughputMiBps === undefined || throughputMiBps <= mostThroughput, {
    prop: "throughputMiBps",
    expected: `at most a quarter of the IOPS, ${mostThroughput} here`,
    got: formatValue(throughputMiBps),
    remedy: "Raise iops with it.",
  });
}
