import { defineEnvironment } from "./define-environment";

/** Low cost: no NAT gateway, one database instance, no replica, spot tasks. Everything may be destroyed. */
export const dev = defineEnvironment({
  name: "dev",
  tier: "development",
  pattern: "fargate",
  accountId: "123456789012",
  region: "ap-northeast-1",
  availabilityZones: ["ap-northeast-1a", "ap-northeast-1c"],
  cidrBlock: "10.10.0.0/16",
  state: { bucket: "messenger-crm-terraform-state" },
  release: "0.1.0",
  entrance: { kind: "insecure-http" },
  disposable: true,
  customerManagedKey: false,
  logRetentionDays: 30,
  egress: "public-ip",
  database: {
    instanceClass: "db.t4g.micro",
    allocatedStorageGiB: 20,
    maxAllocatedStorageGiB: 50,
    multiAz: false,
    backupRetentionDays: 7,
  },
  cache: { nodeType: "cache.t4g.micro", replicas: 0 },
  service: { cpu: 256, memoryMiB: 512, minCount: 2, maxCount: 4, connectionsPerTask: 1000, spot: true },
  alarms: { emails: [] },
});
