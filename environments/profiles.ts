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

export const PROFILE_NAMES = Object.keys(profiles) as readonly ProfileName[];
