import { defineEnvironment } from "../../environments/define-environment";
import { prod } from "../../environments/prod";
import { type EnvironmentInput } from "../../environments/schema";
import { committedList, contractList } from "../helpers/contract-list";
import { ec2Environment } from "../helpers/ec2-environment";
import { refusal } from "../helpers/refusal";
import { readStack, removeRun, type Run, runProgram } from "../helpers/run-program";
import { type Template } from "../helpers/template";

let run: Run;
let stack: Template;
beforeAll(() => {
  run = runProgram("__tests__/programs/ec2.ts");
  if (run.status !== 0) throw new Error(run.stderr);
  stack = readStack(run, "messenger-crm-instances");
});
afterAll(() => removeRun(run));

/** The user data as Terraform reads them, before they are compressed. */
const userData = () => {
  const [, text] = Object.entries((stack.json as { locals?: Record<string, string> }).locals ?? {}).find(([name]) =>
    name.includes("user-data"),
  )!;
  return text;
};

it("keeps its addresses, outputs and variables", () => {
  const current = contractList(stack);
  expect(current).toEqual(committedList("pattern-ec2", current));
  expect(run.stderr).not.toContain("Policy");
});

it("has the load balancer, the cache and the database of the other containers, and no cluster", () => {
  const types = Object.keys(stack.counts());
  expect(types).toEqual(expect.arrayContaining(["aws_lb", "aws_elasticache_replication_group", "aws_db_instance"]));
  expect(types.filter((type) => /^aws_(ecs|appautoscaling)/.test(type))).toEqual([]);
});

it("registers instances at the port of nginx, and lets nobody else in", () => {
  expect(stack.only("aws_lb_target_group")).toMatchObject({ target_type: "instance", port: 8080 });
  expect(stack.resource("aws_vpc_security_group_ingress_rule", "service/load-balancer-ingress")).toMatchObject({
    from_port: 8080,
  });
});

it("launches the newest Amazon Linux for the architecture of its instances", () => {
  expect(stack.json.data?.["aws_ssm_parameter"]?.["ami"]).toMatchObject({
    name: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
  });
  expect(stack.resource("aws_launch_template", "service/launch-template")["image_id"]).toBe(
    "${data.aws_ssm_parameter.ami.insecure_value}",
  );
});

it("tells the processes what containers know, but for what each process has of its own", () => {
  const text = userData();
  for (const variable of ["NODE_ENV", "DATABASE_URL", "REDIS_URL", "NEXTAUTH_URL", "SOCKET_ADAPTER"]) {
    expect(text).toMatch(new RegExp(`^${variable}="`, "m"));
  }
  expect(text.match(/^PORT="\d+"$/gm)).toEqual(['PORT="3000"', 'PORT="3001"']);
  expect(text).toMatch(/^NEXTAUTH_SECRET \S+$/m);
  expect(text).not.toMatch(/password/i);
});

it("stops a refresh at the alarms that roll a deployment back on Fargate, and remembers the image afterwards", () => {
  const group = stack.resource("aws_autoscaling_group", "service/group");
  const { preferences } = group["instance_refresh"] as { preferences: { alarm_specification: { alarms: string[] } } };
  expect(preferences.alarm_specification.alarms.length).toBeGreaterThan(1);
  const parameter = Object.values(stack.json.resource!["aws_ssm_parameter"]!)[0]!;
  expect(parameter["depends_on"]).toEqual([expect.stringMatching(/^aws_autoscaling_group\.service_group/)]);
});

it("counts connections in the log group of the instances", () => {
  expect(stack.only("aws_cloudwatch_log_metric_filter")["log_group_name"]).toMatch(/service_log-group/);
});

describe("an environment of EC2", () => {
  const lines = (changes: object) =>
    refusal(() => {
      defineEnvironment({ ...ec2Environment(), ...changes });
    });
  const service = ec2Environment().service;

  it.each([
    [
      "a type that does not exist",
      { service: { ...service, instanceTypes: ["t4g.huge"] } },
      '[environments/instances] service.instanceTypes: expected literal EC2 types, such as t4g.small, got "t4g.huge". The architecture is derived from them at synth.',
    ],
    [
      "no room for a replacement",
      { service: { ...service, minCount: 4, maxCount: 4 } },
      "[environments/instances] service.maxCount: expected more than minCount, 4, got 4. Raise it by at least 1: a new instance starts before an old one ends.",
    ],
    [
      "an AMI by its parameter",
      { service: { ...service, amiId: "resolve:ssm:/x" } },
      '[environments/instances] service.amiId: expected an id such as ami-0123456789abcdef0, got "resolve:ssm:/x". Leave it out for the newest Amazon Linux 2023.',
    ],
    [
      "the size of a task",
      { service: { ...service, cpu: 256 } },
      "[environments/instances] service.cpu: expected a prop that exists, got an unknown one.",
    ],
  ])("refuses %s", (_, changes, line) => {
    const reported = lines(changes);
    expect(reported).toHaveLength(1);
    expect(reported[0]!.slice(0, line.length)).toBe(line);
  });

  it("survives the failure of a zone in production", () => {
    const production = { ...prod, pattern: "ec2", service: { ...service, minCount: 1 } };
    expect(refusal(() => void defineEnvironment(production as unknown as EnvironmentInput))).toEqual([
      "[environments/prod] service.minCount: expected at least 2 in production, got 1. With a single task, each failure of it is an outage.",
    ]);
  });

  it.each(["small", "standard", "enterprise"] as const)("has instances in the profile %s", (profile) => {
    const sized = Object.entries(prod).filter(([field]) => !["cache", "database", "service"].includes(field));
    const given = { ...Object.fromEntries(sized), name: "sized", pattern: "ec2", profile };
    const filled = defineEnvironment(given as unknown as EnvironmentInput & { readonly pattern: "ec2" });
    expect(filled.service.processes * filled.service.maxCount * filled.service.connectionsPerProcess).toBeGreaterThan(
      5999,
    );
  });
});
