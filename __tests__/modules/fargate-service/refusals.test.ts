import { FargateService } from "../../../modules/fargate-service";
import { refusal } from "../../helpers/refusal";
import { behindLoadBalancer, type Case, connectionMetric, minimal, refused, service } from "./fixture";

const scaled = (autoscaling: object) => ({ autoscaling: { minCount: 2, maxCount: 4, ...autoscaling } });
const scheduled = (day: object) =>
  scaled({
    schedules: { day: { schedule: "rate(1 day)", timezone: "Asia/Tokyo", minCount: 2, maxCount: 4, ...day } },
  });

const placement: Case[] = [
  [
    "a name with a space",
    { name: "my service" },
    'name: expected lower-case letters, digits and single hyphens, at most 40, beginning with a letter, got "my service". Use a literal such as "messenger-crm-prod".',
  ],
  [
    "no network",
    { network: undefined },
    "network: expected a value, got nothing. Pass a Network, or what existingNetwork() returns.",
  ],
  [
    "one subnet",
    { network: { ...minimal.network, taskSubnetIds: ["subnet-0123456789abcdef1"] } },
    "network.taskSubnetIds: expected 2 to 16, got 1 (subnet-0123456789abcdef1). Pass one subnet for each zone: a failed zone must not take every task with it.",
  ],
  [
    "an unknown level of insight",
    { containerInsights: "on" },
    'containerInsights: expected one of enabled, enhanced, disabled, got "on". See the README for what each reports.',
  ],
  [
    "a cluster by something else than its ARN",
    { cluster: { arn: "shared", name: "shared" } },
    'cluster.arn: expected the ARN of an ECS cluster, arn:…:ecs:<region>:<account>:cluster/<name>, got "shared". Pass the arn and the name of the cluster.',
  ],
  [
    "another port than the load balancer's",
    { ...behindLoadBalancer, containerPort: 3001 },
    "containerPort: expected 3000, the port that the load balancer sends to, got 3001. Use the same port on both sides: the app's own.",
  ],
  [
    "a connection by the name of its group",
    { connections: { database: { securityGroupId: "default", port: 5432 } } },
    'connections.database.securityGroupId: expected an id such as sg-0123456789abcdef0, got "default". Pass the group\'s id, not its name.',
  ],
  [
    "an invalid port",
    { connections: { database: { securityGroupId: "sg-0123456789abcdef0", port: 70_000 } } },
    "connections.database.port: expected a whole number from 1 to 65535, got 70000. For example 5432 for PostgreSQL, 6379 for Redis.",
  ],
  [
    "a connection whose key cannot be an id",
    { connections: { "My.Db": { securityGroupId: "sg-0123456789abcdef0", port: 5432 } } },
    'connections: expected keys of lower-case letters, digits and single hyphens, at most 128 characters, got "My.Db". The key names the resources in Terraform\'s state.',
  ],
  [
    "an egress block with host bits",
    { egressCidrs: ["10.0.0.1/16"] },
    'egressCidrs: expected no host bits, in the shortest spelling, got "10.0.0.1/16". Use 10.0.0.0/16.',
  ],
];

const counts: Case[] = [
  ...[-1, 1.5].map((desiredCount): Case => [
    `${JSON.stringify(desiredCount)} tasks`,
    { desiredCount },
    `desiredCount: expected a whole number from 0 to 5000 tasks, got ${JSON.stringify(desiredCount)}. Two tasks in two zones survive the loss of one.`,
  ]),
  [
    "a number of tasks as text",
    { desiredCount: "2" },
    'desiredCount: expected a whole number from 0 to 5000 tasks, got "2". Write it as a number, without quotes.',
  ],
  [
    "two tasks that cannot reach each other",
    { fanOut: undefined },
    'fanOut: expected an adapter, for up to 2 tasks, got nothing. Each task knows its own sockets only: pass { adapter: "redis" } and a cache, or run one task (desiredCount 1). For a service without sockets, set kind to "http" or "worker".',
  ],
  [
    "an autoscaler that would make the second task",
    { fanOut: { adapter: "in-memory" }, desiredCount: 1, autoscaling: { minCount: 1, maxCount: 3 } },
    'fanOut.adapter: expected an adapter that reaches other tasks, for up to 3 tasks, got "in-memory". Use a Redis adapter and a cache, or run one task (desiredCount 1).',
  ],
  [
    "an adapter that the cache cannot serve",
    { fanOut: { adapter: "redis", supportedAdapters: ["sharded-redis", "redis-streams"] } },
    'fanOut.adapter: expected one that the cache supports: sharded-redis, redis-streams, got "redis". Change the adapter of the app, or the kind of the cache.',
  ],
  [
    "an unknown adapter",
    { fanOut: { adapter: "kafka" } },
    'fanOut.adapter: expected one of in-memory, redis, sharded-redis, redis-streams, got "kafka". Name the Socket.IO adapter that the app is configured with.',
  ],
  [
    "bounds the wrong way round",
    { autoscaling: { minCount: 5, maxCount: 2 } },
    "autoscaling.maxCount: expected at least minCount, 5, got 2. Swap the two, or raise maxCount.",
  ],
  [
    "no task at night",
    { ...scaled({ minCount: 0 }), desiredCount: 1 },
    "autoscaling.minCount: expected a whole number from 1 to 5000 tasks, got 0. With no task there is nothing to measure, and nothing scales out again.",
  ],
  [
    "a start outside the bounds",
    { ...scaled({}), desiredCount: 6 },
    "desiredCount: expected from 2 to 4, the bounds of autoscaling, got 6. Leave it out: the service starts with minCount.",
  ],
  [
    "a CPU target above 100 %",
    scaled({ cpuPercent: 110 }),
    "autoscaling.cpuPercent: expected a whole number from 1 to 100 percent, got 110. 70 leaves room for the minutes that a new task needs.",
  ],
  [
    "requests that nothing counts",
    scaled({ requestsPerTask: 100 }),
    "autoscaling.requestsPerTask: expected a loadBalancer that counts them, got none. Pass loadBalancer, or scale on something else.",
  ],
  [
    "connections that nothing counts",
    scaled({ connectionsPerTask: 100 }),
    "autoscaling.connectionsPerTask: expected a connectionMetric to read, got none. Pass the namespace, name and dimensions of the app's gauge of open connections.",
  ],
  [
    "a target of no connections",
    { ...scaled({ connectionsPerTask: 0 }), connectionMetric },
    "autoscaling.connectionsPerTask: expected a whole number from 1 to 1000000, got 0. Measure what one task can hold.",
  ],
  [
    "autoscaling on nothing",
    scaled({ cpuPercent: false }),
    "autoscaling: expected a target or a schedule, got none. Leave autoscaling out for a fixed number of tasks.",
  ],
  [
    "cron of another kind",
    scheduled({ schedule: "0 8 * * *" }),
    'autoscaling.schedules.day.schedule: expected a cron(), at() or rate() expression of AWS, got "0 8 * * *": it is neither cron(…), at(…) nor rate(…). For example "cron(0 8 ? * MON-FRI *)": minute, hour, day, month, weekday, year.',
  ],
  [
    "an unknown time zone",
    scheduled({ timezone: "Tokyo" }),
    'autoscaling.schedules.day.timezone: expected a time zone of the IANA database, got "Tokyo". For example "Asia/Tokyo".',
  ],
  [
    "a schedule without a time zone",
    scheduled({ timezone: undefined }),
    'autoscaling.schedules.day.timezone: expected a value, got nothing. For example "Asia/Tokyo".',
  ],
  [
    "a schedule with its bounds the wrong way round",
    scheduled({ minCount: 4, maxCount: 2 }),
    "autoscaling.schedules.day.maxCount: expected at least minCount, 4, got 2. Swap the two, or raise maxCount.",
  ],
];

const cannotProgress = (maximum: number, minimum: number, count: number) =>
  `maximumPercent: expected room to replace at least one task at every task count, got ${maximum} with minimumHealthyPercent ${minimum}, which can replace none of ${count}. Raise maximumPercent to 200, or lower minimumHealthyPercent.`;
const deploys: Case[] = [
  ["100 % at least and at most", { minimumHealthyPercent: 100, maximumPercent: 100 }, cannotProgress(100, 100, 2)],
  ["half a task of room", { desiredCount: 1, maximumPercent: 150 }, cannotProgress(150, 100, 1)],
  [
    "half a task of room where the autoscaler may go",
    { desiredCount: 4, maximumPercent: 150, autoscaling: { minCount: 1, maxCount: 4 } },
    cannotProgress(150, 100, 1),
  ],
  [
    "half strength at most",
    { maximumPercent: 50 },
    "maximumPercent: expected a whole number from 100 to 200 percent, got 50. 200 starts every new task before an old one stops.",
  ],
  [
    "more than all of them healthy",
    { minimumHealthyPercent: 101 },
    "minimumHealthyPercent: expected a whole number from 0 to 100 percent, got 101. 100 keeps full strength during a deploy.",
  ],
  [
    "a grace period shorter than the boot",
    { ...behindLoadBalancer, healthCheckGracePeriodSec: 30 },
    "healthCheckGracePeriodSec: expected at least 60 seconds, what boot and migration take, got 30. Leave it out: with less, ECS replaces tasks that are still starting, for ever.",
  ],
  [
    "a deploy in ten waves that Terraform would not wait for",
    // 10 x (60 to provision + 60 to boot + 60 to prove healthy + 30 to deregister + 70 to drain)
    { ...behindLoadBalancer, desiredCount: 20, maximumPercent: 110 },
    "deployTimeoutSec: expected at least 2800 seconds, the longest that a deploy of 20 tasks takes, got 1800. Raise it, or replace more tasks at once: maximumPercent 200, a shorter drainSec or deregistration delay.",
  ],
  [
    "spot with no task on demand",
    { spot: { onDemandBase: 0 } },
    "spot.onDemandBase: expected a whole number from 1 to 1000 tasks, got 0. Without it a shortage of spot capacity would take every task.",
  ],
  [
    "an alarm without a name",
    { rollbackAlarmNames: [""] },
    'rollbackAlarmNames: expected names of alarms, 1 to 255 characters, got "". Pass the alarm\'s name, neither its ARN nor the alarm.',
  ],
  [
    "a switch that is text",
    { enableExecuteCommand: "false" },
    'enableExecuteCommand: expected a literal true or false, got "false". Write true or false, without quotes.',
  ],
];

const nested: Case[] = [
  [
    "an unknown key of a nested object",
    scaled({ max: 5 }),
    "autoscaling.max: expected a prop that exists, got an unknown one. Known props: connectionsPerTask, cpuPercent, maxCount, memoryPercent, minCount, requestsPerTask, scaleInCooldownSec, scaleOutCooldownSec, schedules.",
  ],
  [
    "null for a nested object",
    { migration: null },
    "migration: expected an object, got null. See the table of props in the README.",
  ],
];

describe.each(Object.entries({ placement, counts, deploys, nested }))("the service is refused (%s)", (_, cases) => {
  it.each(cases)("%s", (_name, props, message) => expect(refused(props)).toBe(message));
});

describe("the service refuses any value with a ConfigurationError", () => {
  const keys = [
    "network",
    "cluster",
    "loadBalancer",
    "connections",
    "egressCidrs",
    "image",
    "cpu",
    "memoryMiB",
    "command",
    "user",
    "environment",
    "secrets",
    "plainTextReasons",
    "secretKmsKeyArns",
    "healthCheckCommand",
    "bootSec",
    "drainSec",
    "migration",
    "fanOut",
    "desiredCount",
    "autoscaling",
    "connectionMetric",
    "spot",
    "minimumHealthyPercent",
    "maximumPercent",
    "rollbackAlarmNames",
    "deployTimeoutSec",
    "waitForSteadyState",
    "taskPolicyStatements",
  ];
  const build = (props: object) => () =>
    refusal((stack) => void new FargateService(stack, "service", { ...minimal, ...props }));

  it.each(keys)("%s: null", (key) => expect(build({ [key]: null })()).not.toHaveLength(0));
  it.each(keys)("%s: NaN", (key) => expect(build({ [key]: Number.NaN })()).not.toHaveLength(0));
  it.each([
    ["a schedule of null", scaled({ schedules: { day: null } })],
    ["schedules of null", scaled({ schedules: null })],
    ["schedules of null and nothing else", scaled({ cpuPercent: false, schedules: null })],
    ["a connection of null", { connections: { database: null } }],
    ["a secret of null", { secrets: { A: null } }],
    ["an empty autoscaling", { autoscaling: {} }],
    ["an empty metric", { connectionMetric: {} }],
    ["an empty load balancer", { loadBalancer: {}, drainSec: 60 }],
    ["an empty network", { network: {} }],
  ])("%s", (_, props) => expect(build(props)()).not.toHaveLength(0));

  it("no props", () => {
    const none = undefined as unknown as typeof minimal;
    expect(refusal((stack) => void new FargateService(stack, "service", none))).toEqual([
      "[test/service] props: expected an object, got undefined. Pass the construct's props.",
    ]);
  });
});

it("reports every problem in one error", () => {
  const props = { ...minimal, name: "CRM", image: "crm:latest", cpu: 300, user: "root", desiredCount: -1 };
  const lines = refusal((stack) => void new FargateService(stack, "service", props));
  expect(lines.map((line) => line.split(" ")[1])).toEqual(["name:", "image:", "user:", "cpu:", "desiredCount:"]);
});

it("accepts one task or none without an adapter", () => {
  const desired = (desiredCount: number) =>
    service({ fanOut: undefined, desiredCount }).only("aws_ecs_service")["desired_count"];
  expect([desired(1), desired(0)]).toEqual([1, 0]);
});

it("does not check the time of a deployment that it does not wait for", () => {
  const slow = { desiredCount: 20, maximumPercent: 110, deployTimeoutSec: 100 };
  expect(refused(slow)).toContain("deployTimeoutSec");
  expect(service({ ...slow, waitForSteadyState: false }).count("aws_ecs_service")).toBe(1);
});
