import { Database, type DatabaseProps, type DatabaseProxyProps } from "../../../modules/database";
import { type Examples } from "./example";

const valid: DatabaseProps = {
  name: "crm-prod",
  network: {
    vpcId: "vpc-0123456789abcdef0",
    isolatedSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
  },
};
const validAurora: DatabaseProps = {
  ...valid,
  engine: "aurora-postgresql",
  minCapacityAcu: 0.5,
  maxCapacityAcu: 4,
  instanceCount: 1,
};
const validProxy: DatabaseProxyProps = {
  userName: "messenger_app",
  secretArn: "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:crm/app-AbCd12",
};

export const databaseExamples: Examples = {
  "database/identifier": (stack) => new Database(stack, "database", { ...valid, identifier: "crm_prod" }),
  "database/engine-version": (stack) => new Database(stack, "database", { ...valid, engineVersion: "11.22" }),
  "database/database-name": (stack) => new Database(stack, "database", { ...valid, databaseName: "Messenger-CRM" }),
  "database/user-name": (stack) => new Database(stack, "database", { ...valid, masterUsername: "db-admin" }),
  "database/reserved-name": (stack) => new Database(stack, "database", { ...valid, masterUsername: "postgres" }),
  "database/log-export": (stack) => new Database(stack, "database", { ...valid, logExports: ["slowquery"] }),
  "database/tls-parameter": (stack) =>
    new Database(stack, "database", { ...valid, parameters: { "rds.force_ssl": "0" } }),
  "database/parameter": (stack) =>
    new Database(stack, "database", { ...valid, parameters: { "Max Connections": "500" } }),
  "database/unknown-parameter": (stack) =>
    new Database(stack, "database", { ...valid, parameters: { max_connection: "500" } }),
  "database/windows-overlap": (stack) =>
    new Database(stack, "database", {
      ...valid,
      backupWindow: "18:00-19:00",
      maintenanceWindow: "sun:18:30-sun:19:30",
    }),
  "database/insights-mode": (stack) =>
    new Database(stack, "database", { ...valid, databaseInsights: "advanced", performanceInsights: false }),
  "database/performance-insights-unsupported": (stack) =>
    new Database(stack, "database", {
      ...valid,
      engine: "mysql",
      instanceClass: "db.t4g.micro",
      performanceInsights: true,
    }),
  "database/prop-of-other-engine": (stack) => new Database(stack, "database", { ...valid, maxCapacityAcu: 8 }),
  "database/instance-class": (stack) => new Database(stack, "database", { ...valid, instanceClass: "m7g.large" }),
  "database/retired-instance-class": (stack) =>
    new Database(stack, "database", { ...valid, instanceClass: "db.m4.large" }),
  "database/storage-limit": (stack) =>
    new Database(stack, "database", { ...valid, allocatedStorageGiB: 100, maxAllocatedStorageGiB: 105 }),
  "database/iops-missing": (stack) =>
    new Database(stack, "database", { ...valid, storageType: "io2", allocatedStorageGiB: 100 }),
  "database/fixed-performance": (stack) =>
    new Database(stack, "database", { ...valid, allocatedStorageGiB: 100, iops: 12_000 }),
  "database/performance-ratio": (stack) =>
    new Database(stack, "database", { ...valid, allocatedStorageGiB: 400, iops: 12_000, throughputMiBps: 4_000 }),
  "database/replica-setting-without-replicas": (stack) =>
    new Database(stack, "database", { ...valid, readReplicaClass: "db.m7g.large" }),
  "database/replica-zones": (stack) =>
    new Database(stack, "database", { ...valid, readReplicaCount: 1, readReplicaZones: ["ap-northeast-1"] }),
  "database/capacity": (stack) => new Database(stack, "database", { ...validAurora, minCapacityAcu: 0.7 }),
  "database/capacity-order": (stack) =>
    new Database(stack, "database", { ...validAurora, minCapacityAcu: 8, maxCapacityAcu: 4 }),
  "database/app-user-is-administrator": (stack) =>
    new Database(stack, "database", {
      ...valid,
      masterUsername: "messenger_app",
      proxy: validProxy,
    }),
  "database/proxy-prevents-pause": (stack) =>
    new Database(stack, "database", { ...validAurora, minCapacityAcu: 0, proxy: validProxy }),
  "database/proxy-idle-connections": (stack) =>
    new Database(stack, "database", {
      ...valid,
      proxy: { ...validProxy, maxConnectionsPercent: 40, maxIdleConnectionsPercent: 60 },
    }),
  "database/no-reader": (stack) =>
    new Database(stack, "database", valid).connectionUrl("messenger_app", { reader: true }),
  "database/proxy-user-on-replica": (stack) => {
    const database = new Database(stack, "database", { ...valid, readReplicaCount: 1, proxy: validProxy });
    database.readerConnectionUrls("messenger_app");
  },
};
