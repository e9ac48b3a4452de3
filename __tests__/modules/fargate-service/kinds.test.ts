import { type FargateServiceProps } from "../../../modules/fargate-service";
import { container, loadBalancer, minimal, refused, refusedLines, service } from "./fixture";

/** The minimal props without those of a kind; `undefined` counts as left out. */
const without = (...props: (keyof FargateServiceProps)[]) => Object.fromEntries(props.map((prop) => [prop, undefined]));

const http: Partial<FargateServiceProps> = { ...without("fanOut"), kind: "http" };
const worker: Partial<FargateServiceProps> = { ...without("fanOut", "containerPort"), kind: "worker" };

describe("sockets", () => {
  it("is what a service is by default, and says so explicitly as well", () => {
    expect(service({ kind: "sockets" }).text).toBe(service().text);
    service({}, ({ kind }) => expect(kind).toBe("sockets"));
  });

  it("tells a service without sockets how to run more than one task", () => {
    expect(refused({ fanOut: undefined })).toContain('For a service without sockets, set kind to "http" or "worker".');
  });
});

describe("http", () => {
  it("runs the default number of tasks, and more, without an adapter", () => {
    expect(service(http).only("aws_ecs_service")["desired_count"]).toBe(2);
    const autoscaling = { minCount: 2, maxCount: 20, requestsPerTask: 1000 };
    const template = service({ ...http, autoscaling, loadBalancer });
    expect(template.only("aws_appautoscaling_target")["max_capacity"]).toBe(20);
  });

  it("stands behind a load balancer without a figure for draining", () => {
    const template = service({ ...http, loadBalancer });
    expect(template.only("aws_ecs_service")["load_balancer"]).toEqual([
      { target_group_arn: loadBalancer.targetGroupArn, container_name: "app", container_port: 3000 },
    ]);
    expect(container(template, "app")["stopTimeout"]).toBe(30);
  });

  it("is made of the same resources as one with sockets, apart from what the load balancer adds", () => {
    expect(service(http).counts()).toEqual(service().counts());
  });
});

describe("worker", () => {
  const template = service(worker);

  it("listens on no port and is behind no load balancer", () => {
    expect(container(template, "app")).not.toHaveProperty("portMappings");
    expect(template.only("aws_ecs_service")).not.toHaveProperty("load_balancer");
    expect(template.only("aws_ecs_service")).not.toHaveProperty("health_check_grace_period_seconds");
    expect(template.count("aws_vpc_security_group_ingress_rule")).toBe(0);
  });

  it("runs the default number of tasks and scales on CPU", () => {
    expect(template.only("aws_ecs_service")["desired_count"]).toBe(2);
    const scaled = service({ ...worker, autoscaling: { minCount: 1, maxCount: 8 } });
    expect(scaled.only("aws_appautoscaling_policy")).toMatchObject({ name: "crm-dev-cpu" });
  });

  it("may run a migration and stop slowly", () => {
    const slow = service({ ...worker, migration: { command: ["node", "migrate.js"] }, drainSec: 110 });
    expect(container(slow, "app")).toMatchObject({ stopTimeout: 120, dependsOn: [{ containerName: "migration" }] });
  });
});

describe("refuses what the kind does not have", () => {
  const connectionMetric = { namespace: "CRM", metricName: "Open", dimensions: {} };
  const autoscaling = { minCount: 2, maxCount: 4, requestsPerTask: 100 };

  it.each<[string, object, string]>([
    ["http", { ...http, fanOut: minimal.fanOut }, "fanOut"],
    ["http", { ...http, connectionMetric }, "connectionMetric"],
    [
      "http",
      { ...http, autoscaling: { minCount: 2, maxCount: 4, connectionsPerTask: 9 } },
      "autoscaling.connectionsPerTask",
    ],
    ["worker", { ...worker, fanOut: minimal.fanOut }, "fanOut"],
    ["worker", { ...worker, connectionMetric }, "connectionMetric"],
    ["worker", { ...worker, containerPort: 3000 }, "containerPort"],
    ["worker", { ...worker, healthCheckGracePeriodSec: 300 }, "healthCheckGracePeriodSec"],
    ["worker", { ...worker, loadBalancer }, "loadBalancer"],
    ["worker", { ...worker, autoscaling }, "autoscaling.requestsPerTask"],
  ])("%s: %o", (kind, props, prop) => {
    expect(refused(props)).toMatch(
      new RegExp(
        `^${prop}: expected nothing for a service of the kind ${kind}, got .+\\. Leave it out, or set kind to`,
      ),
    );
  });

  it("in one error", () => {
    expect(refusedLines({ ...worker, containerPort: 3000, loadBalancer, fanOut: minimal.fanOut })).toHaveLength(3);
  });
});

it.each([
  ["sockets", { containerPort: undefined }],
  ["http", { ...http, containerPort: undefined }],
])("requires a port of %s, and names the kind without one", (_, props) => {
  expect(refused(props)).toBe(
    'containerPort: expected a value, got nothing. Pass the port that the app listens on, such as 3000; kind "worker" has none.',
  );
});

it("refuses a kind that there is not", () => {
  expect(refused({ kind: "batch" })).toContain("kind: expected a literal, one of sockets, http, worker");
});
