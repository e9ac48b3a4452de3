import { describeScheduleMistake } from "../../../modules/core/schedule";
import { type FargateServiceProps, type ServiceAutoscaling } from "../../../modules/fargate-service";
import { behindLoadBalancer, type Case, connectionMetric, later, refused, service } from "./fixture";

const scaled = (autoscaling: object) => ({
  autoscaling: { minCount: 2, maxCount: 4, ...autoscaling } satisfies ServiceAutoscaling,
});
const scheduled = (day: object) =>
  scaled({
    schedules: { day: { schedule: "rate(1 day)", timezone: "Asia/Tokyo", minCount: 2, maxCount: 4, ...day } },
  });

const bounds: Case[] = [
  [
    "5001 tasks",
    { desiredCount: 5001, deployTimeoutSec: 36_000 },
    "desiredCount: expected a whole number from 0 to 5000 tasks, got 5001. Two tasks in two zones survive the loss of one.",
  ],
  [
    "an autoscaler without a lower bound",
    { autoscaling: { maxCount: 4 } },
    "autoscaling.minCount: expected a value, got nothing. With no task there is nothing to measure, and nothing scales out again.",
  ],
  [
    "an autoscaler without an upper bound",
    { autoscaling: { minCount: 2 } },
    "autoscaling.maxCount: expected a value, got nothing. It bounds what an attack or a fault can cost.",
  ],
  [
    "an autoscaler up to 5001 tasks",
    scaled({ maxCount: 5001 }),
    "autoscaling.maxCount: expected a whole number from 1 to 5000 tasks, got 5001. It bounds what an attack or a fault can cost.",
  ],
  [
    "a start below the bounds",
    { ...scaled({}), desiredCount: 1 },
    "desiredCount: expected from 2 to 4, the bounds of autoscaling, got 1. Leave it out: the service starts with minCount.",
  ],
  [
    "a start above bounds that are one number",
    { ...scaled({ maxCount: 2 }), desiredCount: 3 },
    "desiredCount: expected from 2 to 2, the bounds of autoscaling, got 3. Leave it out: the service starts with minCount.",
  ],
];

const percent = "expected a whole number from 1 to 100 percent";
const hour = "expected a whole number from 0 to 3600 seconds";
const targets: Case[] = [
  ...(
    [
      ["cpuPercent", 0, `${percent}, got 0. 70 leaves room for the minutes that a new task needs.`],
      ["cpuPercent", 101, `${percent}, got 101. 70 leaves room for the minutes that a new task needs.`],
      ["memoryPercent", 0, `${percent}, got 0. 80 leaves room for the minutes that a new task needs.`],
      ["memoryPercent", 101, `${percent}, got 101. 80 leaves room for the minutes that a new task needs.`],
      ["scaleOutCooldownSec", -1, `${hour}, got -1. 60 lets a new task take its share first.`],
      ["scaleOutCooldownSec", 3601, `${hour}, got 3601. 60 lets a new task take its share first.`],
      ["scaleInCooldownSec", 3601, `${hour}, got 3601. 300 lets the clients of a removed task come back first.`],
    ] as const
  ).map(([name, value, message]): Case => [
    `${value} as ${name}`,
    scaled({ [name]: value }),
    `autoscaling.${name}: ${message}`,
  ]),
  [
    "a memory target above 100 % without one of CPU",
    scaled({ cpuPercent: false, memoryPercent: 101 }),
    "autoscaling.memoryPercent: expected a whole number from 1 to 100 percent, got 101. 80 leaves room for the minutes that a new task needs.",
  ],
  [
    "a target of half a request",
    { ...behindLoadBalancer, ...scaled({ requestsPerTask: 0.5 }) },
    "autoscaling.requestsPerTask: expected a whole number from 1 to 1000000, got 0.5. Measure what one task can serve in a minute.",
  ],
  [
    "a target of more than a million connections",
    { connectionMetric, ...scaled({ connectionsPerTask: 1_000_001 }) },
    "autoscaling.connectionsPerTask: expected a whole number from 1 to 1000000, got 1000001. Measure what one task can hold.",
  ],
  [
    "a metric without a namespace",
    { connectionMetric: { ...connectionMetric, namespace: "" } },
    "connectionMetric.namespace: expected a value, got an empty string. Pass the namespace, name and dimensions of the app's gauge of open connections.",
  ],
  [
    "a metric without a name",
    { connectionMetric: { ...connectionMetric, metricName: undefined } },
    "connectionMetric.metricName: expected a value, got nothing. Pass the namespace, name and dimensions of the app's gauge of open connections.",
  ],
  [
    "a metric without dimensions",
    { connectionMetric: { ...connectionMetric, dimensions: undefined } },
    "connectionMetric.dimensions: expected an object with a key for each entry, got nothing. Write the keys out: they have to be known at synth.",
  ],
];

const cron = 'For example "cron(0 8 ? * MON-FRI *)": minute, hour, day, month, weekday, year.';
const schedules: Case[] = [
  [
    "a schedule of nothing",
    scaled({ schedules: { day: undefined } }),
    "autoscaling.schedules.day: expected an object, got nothing. See the table of props in the README.",
  ],
  [
    "a schedule whose key cannot be an id",
    scaled({ schedules: { Day: { schedule: "rate(1 day)", timezone: "Asia/Tokyo", minCount: 2, maxCount: 4 } } }),
    'autoscaling.schedules: expected keys of lower-case letters, digits and single hyphens, at most 128 characters, got "Day". The key names the resources in Terraform\'s state.',
  ],
  [
    "an empty expression",
    scheduled({ schedule: "" }),
    `autoscaling.schedules.day.schedule: expected a value, got an empty string. ${cron}`,
  ],
  ...[
    "cron(0 8 ? * MON-FRI)",
    "cron(0 8 ? * MON-FRI * *)",
    "cron(0 8  * MON-FRI *)",
    "at(2027-01-01)",
    "at(27-01-01T00:00:00)",
    "rate(0 days)",
    "rate(1 week)",
    "rate(1 day) or so",
    "about rate(1 day)",
  ].map((schedule): Case => [
    `the expression ${schedule}`,
    scheduled({ schedule }),
    `autoscaling.schedules.day.schedule: expected a cron(), at() or rate() expression of AWS, got "${schedule}": ${describeScheduleMistake(schedule)}. ${cron}`,
  ]),
  ...["+09:00", "Asia/Edo"].map((timezone): Case => [
    `the time zone ${timezone}`,
    scheduled({ timezone }),
    `autoscaling.schedules.day.timezone: expected a time zone of the IANA database, got "${timezone}". For example "Asia/Tokyo".`,
  ]),
  [
    "a schedule without an upper bound",
    scheduled({ maxCount: undefined }),
    "autoscaling.schedules.day.maxCount: expected a value, got nothing. It bounds what an attack or a fault can cost.",
  ],
];

const fanOut: Case[] = [
  [
    "an adapter without a name",
    { fanOut: {} },
    "fanOut.adapter: expected a value, got nothing. Name the Socket.IO adapter that the app is configured with.",
  ],
  [
    "adapters known only at apply",
    { fanOut: { adapter: "redis", supportedAdapters: later.list } },
    "fanOut.supportedAdapters: expected a list whose length is known at synth, got a value that is known only at apply. Write its elements out; each may be known only at apply.",
  ],
  [
    "a cache that supports no adapter",
    { fanOut: { adapter: "redis", supportedAdapters: [] } },
    'fanOut.adapter: expected one that the cache supports: none, got "redis". Change the adapter of the app, or the kind of the cache.',
  ],
  [
    "tasks of an unknown number without an adapter",
    { fanOut: undefined, desiredCount: later.number },
    'fanOut: expected an adapter, for up to a number of tasks known only at apply, got nothing. Each task knows its own sockets only: pass { adapter: "redis" } and a cache, or run one task (desiredCount 1). For a service without sockets, set kind to "http" or "worker".',
  ],
];

describe.each(Object.entries({ bounds, targets, schedules, fanOut }))("the service is refused (%s)", (_, cases) => {
  it.each(cases)("%s", (_name, props, message) => expect(refused(props)).toBe(message));
});

it.each<[string, Partial<FargateServiceProps>]>([
  ["one bound for both", scaled({ maxCount: 2 })],
  ["a start at the upper bound", { ...scaled({}), desiredCount: 4 }],
  ["an upper bound known only at apply", scaled({ maxCount: later.number })],
  ["a lower bound known only at apply", scaled({ minCount: later.number })],
  ["a start known only at apply", { ...scaled({}), desiredCount: later.number }],
  ["targets at their lower limits", scaled({ cpuPercent: 1, memoryPercent: 1, scaleOutCooldownSec: 0 })],
  ["targets at their upper limits", scaled({ cpuPercent: 100, memoryPercent: 100, scaleInCooldownSec: 3600 })],
  ["requests that a load balancer counts", { ...behindLoadBalancer, ...scaled({ requestsPerTask: 1_000_000 }) }],
  ["connections that a metric counts", { connectionMetric, ...scaled({ connectionsPerTask: 1 }) }],
  ["a target of memory alone", scaled({ cpuPercent: false, memoryPercent: 80 })],
  ["a target of requests alone", { ...behindLoadBalancer, ...scaled({ cpuPercent: false, requestsPerTask: 100 }) }],
  ["a target of connections alone", { connectionMetric, ...scaled({ cpuPercent: false, connectionsPerTask: 100 }) }],
  ["schedules alone", { autoscaling: { ...scheduled({}).autoscaling, cpuPercent: false } }],
  ["a point in time", scheduled({ schedule: "at(2027-01-01T00:00:00)" })],
  ["hours of the week", scheduled({ schedule: "cron(0 8 ? * MON-FRI *)" })],
  ["a rate of days", scheduled({ schedule: "rate(10 days)" })],
  ["an expression and a time zone known only at apply", scheduled({ schedule: later.text, timezone: later.text })],
  [
    "one task whose adapter the cache would not support",
    { desiredCount: 1, fanOut: { adapter: "in-memory", supportedAdapters: ["redis"] } },
  ],
  ["an adapter that the cache supports", { fanOut: { adapter: "redis", supportedAdapters: ["redis"] } }],
  ["an adapter known only at apply", { fanOut: { adapter: later.text as "redis", supportedAdapters: ["redis"] } }],
  ["a supported adapter known only at apply", { fanOut: { adapter: "redis", supportedAdapters: [later.text] } }],
])("the service accepts %s", (_, props) => {
  expect(() => service(props)).not.toThrow();
});

it("uses spot only if configured, with at least one task on demand", () => {
  const strategy = (props: Partial<FargateServiceProps>) =>
    service(props).only("aws_ecs_service")["capacity_provider_strategy"];
  const onDemand = { base: 1, capacity_provider: "FARGATE", weight: 1 };
  expect(strategy({})).toEqual([onDemand]);
  expect(strategy({ spot: {} })).toEqual([onDemand, { capacity_provider: "FARGATE_SPOT", weight: 1 }]);
});
