import { TerraformVariable } from "cdktf";
import { Monitoring, type MonitoringProps } from "../../../modules/monitoring";
import { synthesize } from "../../helpers/synth";
import { alarms, app, everything, TOPIC_ARN } from "./fixture";
import { monitoring } from "./make";

const service = { clusterName: "crm-cluster", serviceName: "crm-service" };
const threshold = (id: string, props: Partial<MonitoringProps>) => alarms(monitoring(props))[id]!["threshold"];

describe("thresholds follow the plan", () => {
  it.each<[string, Partial<MonitoringProps>, string, number]>([
    ["connections per task", { service: { ...service, connectionsPerTask: 5000 } }, "open-connections", 6250],
    ["the target of CPU", { service: { ...service, targetCpuPercent: 70 } }, "high-cpu", 80],
    ["a high target of CPU", { service: { ...service, targetCpuPercent: 85 } }, "high-cpu", 90],
    ["the target of memory", { service: { ...service, targetMemoryPercent: 70 } }, "high-memory", 80],
    ["max_connections", { database: { identifier: "db", maxConnections: 900 } }, "database-connections", 720],
    ["memory", { database: { identifier: "db", memoryGiB: 8 } }, "database-memory", 0.05 * 8 * 2 ** 30],
    [
      "fixed storage",
      { database: { identifier: "db", allocatedStorageGiB: 100, maxAllocatedStorageGiB: 100 } },
      "database-free-storage",
      15 * 2 ** 30,
    ],
    [
      "growing storage",
      { database: { identifier: "db", allocatedStorageGiB: 100, maxAllocatedStorageGiB: 1000 } },
      "database-free-storage",
      5 * 2 ** 30,
    ],
    [
      "the tasks' connections to the cache",
      { service: { ...service, maxCount: 20, maximumPercent: 150 }, app: { ...app, cacheConnectionsPerTask: 4 } },
      "cache-crm-cache-001-connections",
      290,
    ],
  ])("%s", (_, props, id, expected) => {
    expect(threshold(id, props)).toBeCloseTo(expected, 5);
  });

  it("unless one is given", () => {
    const given = {
      service: { ...service, connectionsPerTask: 5000, targetCpuPercent: 70 },
      database: { identifier: "db", maxConnections: 900, memoryGiB: 8, allocatedStorageGiB: 100 },
      thresholds: {
        openConnectionsPerTask: 7000,
        serviceCpuPercent: 95,
        databaseConnections: 500,
        databaseFreeableMemoryMiB: 128,
        databaseFreeStorageGiB: 2,
      },
    };
    expect(threshold("open-connections", given)).toBe(7000);
    expect(threshold("high-cpu", given)).toBe(95);
    expect(threshold("database-connections", given)).toBe(500);
    expect(threshold("database-memory", given)).toBe(128 * 2 ** 20);
    expect(threshold("database-free-storage", given)).toBe(2 * 2 ** 30);
  });

  it("when it is known only at apply", () => {
    const template = synthesize((stack) => {
      const later = new TerraformVariable(stack, "later", { type: "number" }).numberValue;
      new Monitoring(stack, "monitoring", {
        ...everything,
        alarmTopicArn: TOPIC_ARN,
        service: { ...service, connectionsPerTask: later, targetCpuPercent: later, maxCount: later },
        app: { ...app, cacheConnectionsPerTask: 4 },
      });
    });
    const made = alarms(template);
    expect(made["open-connections"]!["threshold"]).toBe("${(var.later * 1.25)}");
    expect(made["high-cpu"]!["threshold"]).toMatch(/^\$\{\(\(var\.later \* 0\.66\d+\) \+ 33\.3\d+\)\}$/);
    expect(template.text).not.toMatch(/TfToken|e\+\d\d/);
  });
});
