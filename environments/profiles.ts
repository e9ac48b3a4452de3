import { type ProfileFields, type ProfileName } from "./schema";

/**
 * Sizes to start from, each suitable for production. An environment names one and can override each field.
 * - `small`, the deployment guide's small to medium: up to 6,000 connections.
 * - `standard`, medium to large: up to 100,000 connections.
 * - `enterprise`: up to 500,000 connections, with a database that scales automatically and a cache in cluster mode.
 */
export const profiles: Readonly<Record<ProfileName, ProfileFields<"fargate">>> = {
  small: {
    customerManagedKey: true,
    logRetentionDays: 365,
    egress: "single-nat-gateway",
    database: {
      instanceClass: "db.t4g.small",
      allocatedStorageGiB: 20,
      maxAllocatedStorageGiB: 200,
      multiAz: true,
      backupRetentionDays: 7,
    },
    cache: { nodeType: "cache.t4g.small", replicas: 1 },
    service: { cpu: 256, memoryMiB: 512, minCount: 2, maxCount: 6, connectionsPerTask: 1000, spot: false },
  },
  standard: {
    customerManagedKey: true,
    logRetentionDays: 365,
    egress: "nat-gateway-per-zone",
    database: {
      instanceClass: "db.m7g.large",
      allocatedStorageGiB: 100,
      maxAllocatedStorageGiB: 1000,
      multiAz: true,
      backupRetentionDays: 14,
    },
    cache: { nodeType: "cache.m7g.large", replicas: 1 },
    service: { cpu: 1024, memoryMiB: 2048, minCount: 2, maxCount: 20, connectionsPerTask: 5000, spot: false },
  },
  enterprise: {
    customerManagedKey: true,
    logRetentionDays: 365,
    egress: "nat-gateway-per-zone",
    database: {
      engine: "aurora-postgresql",
      minCapacityAcu: 2,
      maxCapacityAcu: 64,
      instanceCount: 3,
      backupRetentionDays: 35,
    },
    cache: { kind: "cluster", nodeType: "cache.m7g.large", shards: 3, replicas: 1 },
    service: { cpu: 1024, memoryMiB: 2048, minCount: 6, maxCount: 100, connectionsPerTask: 5000, spot: false },
  },
};

/** What the profiles have on EC2 instead of tasks, for the same numbers of connections. */
const instances: Readonly<Record<ProfileName, ProfileFields<"ec2">["service"]>> = {
  small: {
    instanceTypes: ["t4g.small", "t4g.medium"],
    processes: 2,
    minCount: 2,
    maxCount: 4,
    connectionsPerProcess: 1000,
    spot: false,
  },
  standard: {
    instanceTypes: ["m7g.large", "m6g.large"],
    processes: 2,
    minCount: 2,
    maxCount: 10,
    connectionsPerProcess: 5000,
    spot: false,
  },
  enterprise: {
    instanceTypes: ["m7g.xlarge", "m6g.xlarge"],
    processes: 4,
    minCount: 3,
    maxCount: 25,
    connectionsPerProcess: 5000,
    spot: false,
  },
};

/** Returns the fields that a profile fills in for an environment of a pattern; for an unknown pattern those of Fargate. */
export function fieldsOfProfile(
  profile: ProfileName,
  pattern: unknown,
): ProfileFields<"fargate"> | ProfileFields<"ec2"> {
  return pattern === "ec2" ? { ...profiles[profile], service: instances[profile] } : profiles[profile];
}

export const PROFILE_NAMES = Object.keys(profiles) as readonly ProfileName[];
