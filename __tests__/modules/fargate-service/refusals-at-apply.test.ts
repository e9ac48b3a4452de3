import { type PolicyStatement } from "../../../modules/core/iam-policy";
import { refusal } from "../../helpers/refusal";
import { type Case, connectionMetric, later, loadBalancer, minimal, refused, service } from "./fixture";
import { FargateService } from "../../../modules/fargate-service";

const ARN = "arn:aws:cloudwatch:ap-northeast-1:123456789012:alarm:crm-5xx";
const alarm = (got: string) =>
  `rollbackAlarmNames: expected names of alarms, 1 to 255 characters, got ${got}. Pass the alarm's name, neither its ARN nor the alarm.`;
const shell = (got: string) =>
  `healthCheckCommand: expected CMD and words to run, or CMD-SHELL and one line for the shell, got ${got}. For example ["CMD", "node", "health.js"], or ["CMD-SHELL", "curl -f localhost:3000 || exit 1"].`;
const word = (prop: string, got: string) =>
  `${prop}: expected one or more words, in exec form, got ${got}. Write each word as a text of its own: ["node", "server.js"].`;
const ofEcs = (name: string) =>
  `expected variables that ECS does not set itself, got "${name}". Remove it: ECS gives each container its own value.`;
const scaledByRequests = (target: object) => ({
  drainSec: 60,
  loadBalancer: { ...loadBalancer, ...target },
  autoscaling: { minCount: 2, maxCount: 4, requestsPerTask: 100 },
});
const COUNTED = "Pass what addService() of the load balancer returns: autoscaling.requestsPerTask is counted by it.";
const scaledBy = (metric: object) => ({
  autoscaling: { minCount: 2, maxCount: 4, connectionsPerTask: 100 },
  connectionMetric: { ...connectionMetric, ...metric },
});
const GAUGE = "Pass the namespace, name and dimensions of the app's gauge of open connections.";
const cluster = { arn: "arn:aws:ecs:ap-northeast-1:123456789012:cluster/shared", name: "other" };

const cases: Case[] = [
  ["an alarm by its ARN", { rollbackAlarmNames: [ARN] }, alarm(`"${ARN}"`)],
  [
    "an alarm with a space at its end",
    { rollbackAlarmNames: ["crm-5xx "] },
    alarm('"crm-5xx " with white space after it'),
  ],
  ["a blank alarm", { rollbackAlarmNames: [" "] }, alarm('" "')],
  [
    "an alarm that is given twice",
    { rollbackAlarmNames: ["crm-5xx", "crm-5xx"] },
    'rollbackAlarmNames: expected each alarm once, got "crm-5xx". Remove the repeated name.',
  ],
  [
    "a line for the shell in several texts, of which the shell runs the first",
    { healthCheckCommand: ["CMD-SHELL", "curl -f localhost:3000", "||", "exit 1"] },
    shell("[ 'CMD-SHELL', 'curl -f localhost:3000', '||', 'exit 1' ]"),
  ],
  ["a health check that runs nothing", { healthCheckCommand: ["CMD", " "] }, shell("[ 'CMD', ' ' ]")],
  ["a command whose program is blank", { command: ["", "server.js"] }, word("command", "[ '', 'server.js' ]")],
  ["a blank migration", { migration: { command: [" "] } }, word("migration.command", "[ ' ' ]")],
  [
    "the variable with the address of the role's credentials",
    { environment: { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "/x" } },
    `environment: ${ofEcs("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")}`,
  ],
  [
    "a secret in place of the address of the metadata",
    {
      secrets: {
        ECS_CONTAINER_METADATA_URI_V4: "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:crm-AbCdEf",
      },
    },
    `secrets: ${ofEcs("ECS_CONTAINER_METADATA_URI_V4")}`,
  ],
  [
    "a load balancer by too much of its ARN",
    scaledByRequests({
      loadBalancerArnSuffix: "loadbalancer/app/crm/fedcba9876543210",
    }),
    `loadBalancer.loadBalancerArnSuffix: expected the end of its ARN, app/name/id, got "loadbalancer/app/crm/fedcba9876543210". ${COUNTED}`,
  ],
  [
    "no suffix of the target group",
    scaledByRequests({ targetGroupArnSuffix: undefined }),
    `loadBalancer.targetGroupArnSuffix: expected a value, got nothing. ${COUNTED}`,
  ],
  [
    "the name of another cluster than the ARN's",
    { cluster },
    'cluster.name: expected "shared", the name in cluster.arn, got "other". Autoscaling and alarms look for the service by this name.',
  ],
  [
    "a namespace that begins with a colon",
    scaledBy({ namespace: ":crm" }),
    `connectionMetric.namespace: expected 1 to 255 ASCII characters, the first of which is no colon, got ":crm". ${GAUGE}`,
  ],
  [
    "a dimension in Japanese",
    scaledBy({ dimensions: { Service: "顧客" } }),
    `connectionMetric.dimensions.Service: expected 1 to 255 ASCII characters, got "顧客". ${GAUGE}`,
  ],
  [
    "31 dimensions",
    scaledBy({ dimensions: Object.fromEntries(Array.from({ length: 31 }, (_, index) => [`d${index}`, "x"])) }),
    "connectionMetric.dimensions: expected at most 30, got 31. CloudWatch knows no metric with more.",
  ],
];

it.each(cases)("the service is refused: %s", (_, props, message) => expect(refused(props)).toBe(message));

it("accepts a cluster whose name is known only at apply, and one line for the shell", () => {
  expect(() => service({ cluster: { ...cluster, name: later.text } })).not.toThrow();
  expect(() => service({ healthCheckCommand: ["CMD-SHELL", "curl -f localhost:3000 || exit 1"] })).not.toThrow();
  expect(() => service({ command: ["node", ""] })).not.toThrow();
});

describe("a policy of the task role", () => {
  const reading = (customers: number): PolicyStatement => ({
    Effect: "Allow",
    Action: "s3:GetObject",
    Resource: Array.from({ length: customers }, (_, index) => `arn:aws:s3:::crm-attachments/customers/${index}/*`),
  });
  const lines = (...policies: readonly PolicyStatement[][]) =>
    refusal((stack) => {
      const made = new FargateService(stack, "service", minimal);
      policies.forEach((statements, index) => made.addTaskPolicy(`policy-${index}`, statements));
    });

  it("is refused when all of them together exceed what IAM accepts", () => {
    const remedy = "Name the resources by a common prefix with a wildcard.";
    const all = "at most 10240 characters in all policies of the task role together";
    expect(lines([reading(300)])).toEqual([`[test/service] addTaskPolicy: expected ${all}, got 14084. ${remedy}`]);
    expect(lines([reading(150)], [reading(150)])).toEqual([
      `[test/service] addTaskPolicy: expected ${all}, got 14068. ${remedy}`,
    ]);
  });

  it("is refused with characters that IAM accepts in no policy", () => {
    const resource = "arn:aws:s3:::crm-attachments/顧客/*";
    expect(lines([{ Effect: "Allow", Action: "s3:GetObject", Resource: resource }])).toEqual([
      `[test/service] addTaskPolicy[0].Resource: expected characters from U+0020 to U+00FF, got "${resource}". IAM accepts no others in a policy: use a wildcard in their place.`,
    ]);
  });

  it("is accepted within the limit, and when its resources are known only at apply", () => {
    const unknown = Array.from({ length: 300 }, () => later.text);
    expect(() =>
      service({}, (made) => made.addTaskPolicy("many", [{ ...reading(0), Resource: unknown }])),
    ).not.toThrow();
  });
});

it("refuses alarms that are added later like those of the props", () => {
  const added = (...names: string[]) =>
    refusal((stack) =>
      new FargateService(stack, "service", { ...minimal, rollbackAlarmNames: ["a"] }).addRollbackAlarms(...names),
    );
  const prefix = "[test/service] addRollbackAlarms: expected";
  expect(added("", "x".repeat(256))).toHaveLength(2);
  expect(added("a")).toEqual([`${prefix} each alarm once, got "a". Remove the repeated name.`]);
  expect(added(ARN)).toEqual([
    `${prefix} names of alarms, 1 to 255 characters, got "${ARN}". Pass the alarm's name, neither its ARN nor the alarm.`,
  ]);
});
