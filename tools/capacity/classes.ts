/** A database class that the model chooses from: RDS PostgreSQL on m7g, two zones. Source: Amazon RDS instance types. */
export interface DatabaseClass {
  readonly name: string;
  readonly vcpu: number;
  readonly memoryBytes: number;
  /** Price in multiples of an m7g.large: prices in the family are proportional to size. */
  readonly larges: number;
}

const GIB = 1024 ** 3;
const size = (name: string, vcpu: number): DatabaseClass => ({
  name: `db.m7g.${name}`,
  vcpu,
  memoryBytes: vcpu * 4 * GIB,
  larges: vcpu / 2,
});

/** The smallest first. */
export const DATABASE_CLASSES: readonly DatabaseClass[] = [
  size("large", 2),
  size("xlarge", 4),
  size("2xlarge", 8),
  size("4xlarge", 16),
  size("8xlarge", 32),
  size("12xlarge", 48),
  size("16xlarge", 64),
];

/** The size of a task in prod. */
export const TASK = { vcpu: 1, memoryGb: 2, connections: 5000, databaseConnections: 10 } as const;

/** Connections of a task to the cache: one for commands, one to subscribe. */
export const CACHE_CONNECTIONS_PER_TASK = 2;
