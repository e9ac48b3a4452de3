import { contract } from "../../app/contract";
import { dev } from "../../environments/dev";
import { PROFILE_NAMES } from "../../environments/profiles";
import { type EnvironmentOf } from "../../environments";
import { defineEnvironment } from "../../environments/define-environment";
import { entranceEnvironment } from "../helpers/entrance-environment";
import { evaluateMath, type Values } from "../helpers/metric-math";
import { profileEnvironment } from "../helpers/profile-environment";
import { synthesizedEnvironment } from "../helpers/synthesized-environment";
import { type Block } from "../helpers/template";

const MIB = 2 ** 20;
const GIB = 2 ** 30;

/** Memory and connections of the environments' databases, from AWS's tables and from instances seen, not from the code under test. */
const DATABASES: Readonly<Record<string, { readonly memoryGiB: number; readonly connections: number }>> = {
  // `show max_connections` of a class with 1 GiB answers 79 to 87, with 2 GiB 170 to 198.
  "db.t4g.micro": { memoryGiB: 1, connections: 79 },
  "db.t4g.small": { memoryGiB: 2, connections: 170 },
  // Aurora user guide, "Maximum connections to an Aurora PostgreSQL DB instance": 844 with 8 GiB.
  "db.m7g.large": { memoryGiB: 8, connections: 844 },
  // Aurora user guide, "Maximum connections for Aurora Serverless v2": 5,000 from 32 ACU.
  "64 ACU": { memoryGiB: 128, connections: 5000 },
};

/** What a metric shows at the load that the environment is planned for, and beyond it. */
interface Load {
  readonly planned: Values;
  readonly beyond: Values;
}

const load = (planned: number, beyond: number): Load => ({ planned: [planned], beyond: [beyond] });
/** Something that never happens as planned. */
const never = load(0, 100);

function loads({ database, service }: EnvironmentOf<"fargate">): Readonly<Record<string, Load>> {
  const { memoryGiB, connections } =
    DATABASES["instanceClass" in database ? database.instanceClass : `${database.maxCapacityAcu} ACU`]!;
  const initialGiB = "allocatedStorageGiB" in database ? database.allocatedStorageGiB : 0;
  const open = service.connectionsPerTask;
  // Each task reports its gauge once a minute, so a sum over five minutes counts each connection five times.
  const allOpen = 5 * open * service.maxCount;
  const tasks = { target: 70, overloaded: 92 };
  return {
    "AWS/ApplicationELB RequestCount": load(10_000, 10_000),
    "AWS/ApplicationELB HTTPCode_ELB_5XX_Count": never,
    "AWS/ApplicationELB HTTPCode_Target_5XX_Count": load(10, 1000),
    "AWS/ApplicationELB RejectedConnectionCount": never,
    "AWS/ApplicationELB UnHealthyHostCount": load(0, 1),
    "AWS/ApplicationELB HealthyHostCount": load(service.maxCount, 0),
    // A long poll is held for a ping interval.
    "AWS/ApplicationELB TargetResponseTime": load(contract.container.socket.heartbeat.pingIntervalSec, 30),
    "AWS/ECS CPUUtilization": load(tasks.target, tasks.overloaded),
    "AWS/ECS MemoryUtilization": load(80, 95),
    "ECS/ContainerInsights DesiredTaskCount": load(service.maxCount, service.maxCount),
    "ECS/ContainerInsights RunningTaskCount": load(service.maxCount, service.maxCount - 1),
    "AWS/RDS CPUUtilization": load(60, 95),
    "AWS/RDS DatabaseConnections": load(service.maxCount * contract.database.connectionsPerTask, connections),
    "AWS/RDS FreeableMemory": load(0.15 * memoryGiB * GIB, 0.01 * memoryGiB * GIB),
    "AWS/RDS ReadLatency": load(0.005, 0.1),
    "AWS/RDS WriteLatency": load(0.005, 0.1),
    "AWS/RDS AuroraReplicaLag": load(100, 5000),
    // RDS adds storage at 10 %, which is planned growth.
    "AWS/RDS FreeStorageSpace": load(0.1 * initialGiB * GIB, 100 * MIB),
    "AWS/ElastiCache EngineCPUUtilization": load(60, 95),
    "AWS/ElastiCache DatabaseMemoryUsagePercentage": load(60, 95),
    "AWS/ElastiCache Evictions": never,
    "AWS/ElastiCache ReplicationLag": load(1, 60),
    // A deployment at the highest task count doubles the tasks; a task that leaks opens one for each of its clients.
    "AWS/ElastiCache CurrConnections": load(
      2 * service.maxCount * contract.container.redis.connectionsPerTask,
      Math.min(65_000, service.maxCount * open),
    ),
    "AWS/ElastiCache NetworkBandwidthInAllowanceExceeded": never,
    "AWS/ElastiCache NetworkBandwidthOutAllowanceExceeded": never,
    "AWS/WAFV2 BlockedRequests": load(50, 5000),
    "AWS/RDS ReplicaLag": load(300, 3600),
    "AWS/CloudFront Requests": load(10_000, 10_000),
    "AWS/CloudFront 5xxErrorRate": load(0.1, 20),
    // ACM renews a certificate 60 or 45 days before its end.
    "AWS/CertificateManager DaysToExpiry": load(45, 7),
    "MessengerCRM AckLatencyMs": load(100, 5000),
    "MessengerCRM DeliveryLatencyMs": load(200, 5000),
    "MessengerCRM EventLoopLagMs": load(50, 1000),
    "MessengerCRM OpenConnections Maximum": load(open, 1.5 * open),
    "MessengerCRM OpenConnections Sum": { planned: [allOpen, allOpen], beyond: [allOpen, 0.2 * allOpen] },
    "MessengerCRM AdapterConnected": load(1, 0),
  };
}

function withReplica(): EnvironmentOf<"fargate"> {
  const standard = profileEnvironment("standard");
  const database = { ...standard.database, readReplicaCount: 1 };
  return defineEnvironment({ ...standard, name: "replica", database });
}

const environments: readonly EnvironmentOf<"fargate">[] = [
  dev,
  ...PROFILE_NAMES.map(profileEnvironment),
  entranceEnvironment("cloudfront"),
  withReplica(),
];

describe.each(environments.map((environment) => [environment.name, environment] as const))("%s", (_, environment) => {
  const alarms = Object.entries(synthesizedEnvironment(environment).resources("aws_cloudwatch_metric_alarm"));
  const values = loads(environment);

  it("has alarms", () => {
    expect(alarms.length).toBeGreaterThan(20);
  });

  it.each(alarms)("%s is silent at the planned load and goes off beyond it", (_path, alarm) => {
    expect({ planned: goesOff(alarm, values, "planned"), beyond: goesOff(alarm, values, "beyond") }).toEqual({
      planned: false,
      beyond: true,
    });
  });
});

interface Query {
  readonly id: string;
  readonly expression?: string;
  readonly metric?: { readonly namespace: string; readonly metric_name: string; readonly stat: string };
}

function goesOff(alarm: Block, values: Readonly<Record<string, Load>>, when: keyof Load): boolean {
  const threshold = Number(alarm["threshold"]);
  expect(threshold).not.toBeNaN();
  const value = valueOf(alarm, (namespace, name, statistic) => {
    const found = values[`${namespace} ${name} ${statistic}`] ?? values[`${namespace} ${name}`];
    if (!found) throw new Error(`Add what ${namespace} ${name} ${statistic} shows at the planned load and beyond it.`);
    return found[when];
  });
  switch (alarm["comparison_operator"]) {
    case "GreaterThanThreshold":
      return value > threshold;
    case "LessThanThreshold":
      return value < threshold;
    default:
      throw new Error(`unknown comparison ${String(alarm["comparison_operator"])}`);
  }
}

function valueOf(alarm: Block, read: (namespace: string, name: string, statistic: string) => Values): number {
  const queries = alarm["metric_query"] as readonly Query[] | undefined;
  if (!queries) {
    const statistic = alarm["statistic"] ?? alarm["extended_statistic"];
    return read(String(alarm["namespace"]), String(alarm["metric_name"]), String(statistic)).at(-1)!;
  }
  const metrics = queries.flatMap(({ id, metric }) =>
    metric ? [[id, read(metric.namespace, metric.metric_name, metric.stat)] as const] : [],
  );
  return evaluateMath(queries.find(({ expression }) => expression)!.expression!, Object.fromEntries(metrics));
}
