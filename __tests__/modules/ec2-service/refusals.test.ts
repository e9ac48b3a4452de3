import { later, loadBalancer, minimal, refusedLines } from "./fixture";

/** A title, props added to the minimal ones, and the beginning of the only line of the error. */
type Case = [string, object, string];

const cases: Case[] = [
  ["an AMI by its parameter", { amiId: "resolve:ssm:/aws/service/ami" }, "amiId: expected an id such as ami-"],
  ["an unknown type", { instanceTypes: ["huge"] }, "instanceTypes: expected literal EC2 types"],
  ["a class of RDS", { instanceTypes: ["db.t4g.small"] }, "instanceTypes: expected literal EC2 types"],
  ["a size that the family lacks", { instanceTypes: ["t4g.24xlarge"] }, "instanceTypes: expected EC2 types that exist"],
  ["a nano", { instanceTypes: ["t4g.nano"] }, "instanceTypes: expected types with at least 1 GiB"],
  ["no type", { instanceTypes: [] }, "instanceTypes: expected 1 to 40, got 0"],
  [
    "two architectures",
    { instanceTypes: ["t4g.small", "t3.small"] },
    "instanceTypes: expected types of one architecture, got t4g.small (arm64), t3.small (x86_64)",
  ],
  ["no process", { processes: 0 }, "processes: expected a whole number from 1 to 64"],
  ["processes known only at apply", { processes: later.number }, "processes: expected a literal"],
  ["a port of root", { firstProcessPort: 80 }, "firstProcessPort: expected a whole number from 1024"],
  [
    "a process on the port of nginx",
    { firstProcessPort: 8079 },
    "firstProcessPort: expected ports up to 65535 without 8080, that of nginx, got 8079 to 8080",
  ],
  ["a small volume", { rootVolumeGiB: 4 }, "rootVolumeGiB: expected a whole number from 8"],
  ["an image of Docker Hub", { image: "nginx:1.27" }, "image: expected an image in a private repository of ECR"],
  ["latest", { image: minimal.image.replace("1.4.0", "latest") }, "image: expected an image reference with a digest"],
  ["a public network", { network: { ...minimal.network, assignPublicIp: true } }, "network: expected a network with"],
  [
    "one subnet",
    { network: { ...minimal.network, taskSubnetIds: ["subnet-0123456789abcdef0"] } },
    "network.taskSubnet",
  ],
  ["no subnets", { network: { ...minimal.network, taskSubnetIds: [] } }, "network.taskSubnetIds: expected 2 to 16"],
  [
    "a target group of addresses",
    { loadBalancer: { ...loadBalancer, targetType: "ip" } },
    'loadBalancer.targetType: expected a target group of instances, got "ip". Set targetType to "instance"',
  ],
  ["no load balancer", { loadBalancer: undefined }, "loadBalancer: expected a value"],
  ["min above max", { autoscaling: { minCount: 5, maxCount: 4 } }, "autoscaling.maxCount: expected at least minCount"],
  [
    "no room for a replacement",
    { autoscaling: { minCount: 4, maxCount: 4 } },
    "autoscaling.maxCount: expected more than minCount, 4, got 4. Raise it by at least 1",
  ],
  ["no autoscaling", { autoscaling: undefined }, "autoscaling: expected a value"],
  [
    "nothing to scale on",
    { autoscaling: { minCount: 1, maxCount: 2, cpuPercent: false } },
    "autoscaling: expected a target, got none",
  ],
  [
    "connections without a metric",
    { autoscaling: { minCount: 1, maxCount: 2, connectionsPerProcess: 10 } },
    "autoscaling.connectionsPerProcess: expected a connectionMetric",
  ],
  ["a base as large as the group", { spot: { onDemandBase: 4 } }, "spot.onDemandBase: expected less than"],
  ["all of it on demand", { spot: { onDemandPercent: 100 } }, "spot.onDemandPercent: expected a whole number from 0"],
  [
    "a drain beyond the notice of Spot",
    { spot: {}, drainSec: 106 },
    "drainSec: expected a literal whole number from 0 to 105 seconds with spot, got 106",
  ],
  ["a drain known only at apply", { drainSec: later.number }, "drainSec: expected a literal whole number"],
  ["no drain", { drainSec: undefined }, "drainSec: expected a value"],
  [
    "a launch beyond two hours",
    { bootSec: 3600, migration: { command: ["a"], timeoutSec: 3600 } },
    "bootSec: expected at most 6960 s together with migration.timeoutSec, got 7200",
  ],
  ["an empty migration", { migration: { command: [] } }, "migration.command: expected one or more words"],
  ["an own port of a process", { environment: { PORT: "80" } }, "environment: expected no PORT, HOSTNAME"],
  [
    "a secret in plain text",
    { environment: { API_KEY: "a" } },
    "environment.API_KEY: expected nothing that has to stay secret, got a name that promises a secret. Everybody who may read the launch template",
  ],
  ["a secret's value", { secrets: { API: "hunter2" } }, "secrets.API: expected the ARN of a secret or parameter"],
  ["a health path with a space", { healthPath: "/a b" }, "healthPath: expected a literal path"],
  ["a block of nginx in a path", { socketPath: "/a;}/" }, "socketPath: expected a literal path"],
  ["a socket path without its last slash", { socketPath: "/socket.io" }, "socketPath: expected a literal path with"],
  ["a heartbeat in milliseconds", { heartbeat: { pingIntervalSec: 0.5, pingTimeoutSec: 1 } }, "heartbeat: expected"],
  ["an adapter of one process", { fanOut: { adapter: "in-memory" } }, "fanOut.adapter: expected an adapter that"],
  [
    "an adapter that the cache lacks",
    { fanOut: { adapter: "redis", supportedAdapters: ["sharded-redis"] } },
    "fanOut.adapter: expected one that the cache supports: sharded-redis",
  ],
  ["a namespace of AWS", { metricsNamespace: "AWS/EC2" }, "metricsNamespace: expected a namespace"],
  ["an alarm twice", { refreshAlarmNames: ["a", "a"] }, "refreshAlarmNames: expected each alarm once"],
  [
    "a queue instead of a topic",
    { refreshTopicArn: "arn:aws:sqs:ap-northeast-1:123456789012:q" },
    "refreshTopicArn: expected",
  ],
  ["an unknown prop", { desiredCount: 2 }, "desiredCount: expected a prop that exists"],
];

it.each(cases)("refuses %s", (_, props, message) => {
  const lines = refusedLines(props);
  expect(lines).toHaveLength(1);
  expect(lines[0]!.slice(0, message.length)).toBe(message);
});

it("reports every problem at once", () => {
  expect(refusedLines({ amiId: "x", processes: 0, instanceTypes: ["huge"] })).toHaveLength(3);
});
