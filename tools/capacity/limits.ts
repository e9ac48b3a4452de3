/** Where a figure comes from: the vendor's documentation, our own measurement, or an assumption. */
export type Origin = "documented" | "measured" | "assumed";

/** One figure that the model uses. */
export interface Limit {
  readonly value: number;
  readonly unit: string;
  readonly origin: Origin;
  /** The page, the run, or the reason for the assumption. */
  readonly source: string;
  /** Whether AWS raises it on request. */
  readonly adjustable?: boolean;
}

const ELB_LIMITS = "Elastic Load Balancing, Quotas for your Application Load Balancers (read 2026-11-24)";
const ECS_QUOTAS = "Amazon ECS service quotas (read 2026-11-24)";
const FACTS = "comparison of Socket.IO adapters, 2 shared EPYC cores, node 20, redis 7.0, 2026-11-23";

/** AWS's limits and figures without a benchmark of ours. The app's own costs are read from its benchmarks. */
export const LIMITS = {
  targetsPerLoadBalancer: {
    value: 1000,
    unit: "targets",
    origin: "documented",
    source: ELB_LIMITS,
    adjustable: true,
  },
  loadBalancersPerRegion: {
    value: 50,
    unit: "load balancers",
    origin: "documented",
    source: ELB_LIMITS,
    adjustable: true,
  },
  tasksPerService: { value: 5000, unit: "tasks", origin: "documented", source: ECS_QUOTAS, adjustable: true },
  taskLaunchesPerMinute: {
    value: 500,
    unit: "tasks a minute for one service",
    origin: "documented",
    source: `${ECS_QUOTAS}: rate of tasks launched by a service on AWS Fargate`,
  },
  cacheConnections: {
    value: 65_000,
    unit: "connections of one node",
    origin: "documented",
    source: "ElastiCache user guide, Large number of connections",
  },
  cacheBytesPerSec: {
    value: 117_000_000,
    unit: "bytes a second of a cache.m7g.large",
    origin: "assumed",
    source: "baseline of an m7g.large, 0.937 Gbit/s, by Amazon EC2's table; ElastiCache publishes none of its own",
  },
  databaseConnectionBytes: {
    value: 9_531_392,
    unit: "bytes of memory for one connection",
    origin: "documented",
    source: "RDS user guide, Quotas: max_connections is LEAST({DBInstanceClassMemory/9531392}, 5000)",
  },
  databaseConnections: {
    value: 5000,
    unit: "connections",
    origin: "documented",
    source: "RDS user guide, Quotas: max_connections is LEAST({DBInstanceClassMemory/9531392}, 5000)",
  },
  databaseWritesPerVcpu: {
    value: 1124,
    unit: "messages written a second by one vCPU",
    origin: "measured",
    source: "2,249 concurrent inserts with sequence a second on 2 cores that the load shared, 2026-11-23",
  },
  redisUsPerPublish: {
    value: 10,
    unit: "µs of Redis's one thread for a published message",
    origin: "assumed",
    source: `${FACTS}: 30 µs were measured with two subscribers; that a third is each one is assumed`,
  },
  redisUsPerSubscriber: {
    value: 10,
    unit: "µs of Redis's one thread for each task that it hands a message to",
    origin: "assumed",
    source: `${FACTS}: 30 µs were measured with two subscribers; that a third is each one is assumed`,
  },
  taskUsPerForeignMessage: {
    value: 20,
    unit: "µs of a task for a message that none of its sockets gets",
    origin: "assumed",
    source: "reading a frame and seeing that its room is not here; between 10 and 119 µs by the same comparison",
  },
  usableCpu: {
    value: 0.7,
    unit: "of one core",
    origin: "documented",
    source: "the target of the autoscaler, the guide's 70 %; Node runs JavaScript on one core",
  },
  heartbeatBytes: {
    value: 60,
    unit: "bytes on the wire for a ping",
    origin: "assumed",
    source: "a frame of 3 bytes, TLS and the headers of TCP and IP",
  },
} as const satisfies Readonly<Record<string, Limit>>;

/** Clients that the database catches up a second: one query each, at the rate of one write. */
export const CATCH_UP: Limit = {
  value: 1,
  unit: "queries for each client that comes back",
  origin: "assumed",
  source: "the app answers one request with all that was missed; its cost is taken as that of one write",
};

/** Seconds from the autoscaler's decision to a task that accepts connections, without the app's boot time. */
export const PROVISION_SEC: Limit = {
  value: 45,
  unit: "s",
  origin: "assumed",
  source: "placement, network interface and image pull on Fargate; AWS publishes none",
};
