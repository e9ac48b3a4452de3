import { literal } from "../core/tokens";
import { auroraDefaults, type CompleteDatabaseProps, instanceDefaults } from "./defaults";
import { ENGINE_TRAITS } from "./engine-traits";
import { memoryGiBOf } from "./instance-memory";

/** What a database can hold at most, for alarms; a part that is known only at apply is `undefined`. */
export interface DatabaseCapacity {
  /** Memory of an instance at its highest capacity, in GiB. */
  readonly memoryGiB: number | undefined;
  /** Most connections that an instance accepts (`max_connections`). */
  readonly maxConnections: number | undefined;
}

const GIB = 2 ** 30;

/** An Aurora capacity unit has about 2 GiB of memory. Source: Aurora user guide, "Aurora Serverless v2 capacity". */
const GIB_PER_ACU = 2;

/**
 * What is left of an instance's memory for `DBInstanceClassMemory`, from which RDS computes its limits: the operating system and RDS take
 * their part first. AWS publishes no formula. This one stays just below every published limit of Aurora PostgreSQL: 189 connections
 * with 2 GiB, 405 with 4, 823 with 8, 1,669 with 16, 3,360 with 32.
 * Sources: Aurora user guide, "Maximum connections to an Aurora PostgreSQL DB instance" and "Maximum connections for Aurora Serverless v2".
 */
function classMemoryBytes(memoryGiB: number): number {
  return (0.92 * memoryGiB - 0.17) * GIB;
}

/** Source: RDS user guide, "Quotas and constraints for Amazon RDS", maximum number of database connections. */
const BY_MEMORY = {
  postgresql: { bytesPerConnection: 9_531_392, most: 5000 },
  mysql: { bytesPerConnection: 12_582_880, most: 16_000 },
} as const;

/**
 * Connections of Aurora MySQL Serverless v2 by the highest capacity, largest first.
 * Source: Aurora user guide, "Maximum connections for Aurora Serverless v2".
 */
const AURORA_MYSQL: readonly (readonly [maxAcu: number, connections: number])[] = [
  [192, 6000],
  [128, 5000],
  [64, 4000],
  [32, 3000],
  [16, 2000],
  [8, 1000],
  [4, 135],
  [1, 90],
];

/** Aurora PostgreSQL whose lowest capacity is at most half a unit accepts no more. Source: as above. */
const SMALL_START = { minAcu: 0.5, most: 2000 } as const;

/** Returns what an instance can hold: the class decides on RDS, the highest capacity on Aurora Serverless v2. */
export function capacityOf(props: CompleteDatabaseProps): DatabaseCapacity {
  const memoryGiB = memoryOf(props);
  return { memoryGiB, maxConnections: parameterOf(props) ?? connectionsOf(props, memoryGiB) };
}

function memoryOf(props: CompleteDatabaseProps): number | undefined {
  if (ENGINE_TRAITS[props.engine].isCluster) {
    const maxAcu = literal(props.maxCapacityAcu ?? auroraDefaults.maxCapacityAcu);
    return maxAcu === undefined ? undefined : maxAcu * GIB_PER_ACU;
  }
  const instanceClass = literal(props.instanceClass ?? instanceDefaults.instanceClass);
  return instanceClass === undefined ? undefined : memoryGiBOf(instanceClass);
}

/** Returns `max_connections` of the caller's own parameters; `undefined` when it is not set or is a formula. */
function parameterOf({ parameters }: CompleteDatabaseProps): number | undefined {
  const given = parameters?.["max_connections"];
  const text = typeof given === "object" ? given.value : given;
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

function connectionsOf(props: CompleteDatabaseProps, memoryGiB: number | undefined): number | undefined {
  if (memoryGiB === undefined || props.parameters?.["max_connections"] !== undefined) return undefined;
  const { dialect, isCluster } = ENGINE_TRAITS[props.engine];
  if (isCluster && dialect === "mysql") {
    return AURORA_MYSQL.find(([maxAcu]) => memoryGiB >= maxAcu * GIB_PER_ACU)?.[1];
  }
  const { bytesPerConnection, most } = BY_MEMORY[dialect];
  const byMemory = Math.min(most, Math.floor(classMemoryBytes(memoryGiB) / bytesPerConnection));
  const minAcu = literal(props.minCapacityAcu ?? auroraDefaults.minCapacityAcu);
  const smallStart = isCluster && (minAcu === undefined || minAcu <= SMALL_START.minAcu);
  return smallStart ? Math.min(byMemory, SMALL_START.most) : byMemory;
}
