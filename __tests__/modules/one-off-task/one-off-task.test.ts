import { TerraformOutput, TerraformVariable } from "cdktf";
import { OneOffTask, type OneOffTaskProps } from "../../../modules/one-off-task";
import { refusal } from "../../helpers/refusal";
import { synthesize } from "../../helpers/synth";
import { type Template } from "../../helpers/template";
import { container, IMAGE } from "../fargate-service/fixture";

const minimal: OneOffTaskProps = {
  name: "crm-backfill",
  network: {
    vpcId: "vpc-0123456789abcdef0",
    taskSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    assignPublicIp: false,
  },
  image: IMAGE,
};

function backfill(props: Partial<OneOffTaskProps> = {}, use: (task: OneOffTask) => void = () => {}): Template {
  return synthesize((stack) => {
    const task = new OneOffTask(stack, "backfill", { ...minimal, ...props });
    use(task);
    new TerraformOutput(stack, "command", { value: task.runCommand });
  });
}

const commandOf = (template: Template) => template.json.output?.["command"]?.["value"];

it("creates a task definition with its roles, logs and rules, and nothing that runs it", () => {
  expect(backfill().counts()).toEqual({
    aws_cloudwatch_log_group: 1,
    aws_ecs_cluster: 1,
    aws_ecs_cluster_capacity_providers: 1,
    aws_ecs_task_definition: 1,
    aws_iam_role: 2,
    aws_iam_role_policy: 1,
    aws_security_group: 1,
    aws_vpc_security_group_egress_rule: 1,
  });
});

it("takes what a service takes for its container", () => {
  const app = container(backfill({ command: ["node", "backfill.js"], environment: { BATCH: "1000" } }), "app");
  expect(app).toMatchObject({
    command: ["node", "backfill.js"],
    environment: [{ name: "BATCH", value: "1000" }],
    readonlyRootFilesystem: true,
  });
  expect(app).not.toHaveProperty("portMappings");
});

it("prints the command that runs it", () => {
  expect(commandOf(backfill())).toMatch(
    /^aws ecs run-task --cluster crm-backfill --task-definition crm-backfill --launch-type FARGATE --platform-version 1\.4\.0 --propagate-tags TASK_DEFINITION --network-configuration 'awsvpcConfiguration=\{subnets=\[\$\{join\(",", \["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"\]\)\}\],securityGroups=\[\$\{aws_security_group\.[\w-]+\.id\}\],assignPublicIp=DISABLED\}'$/,
  );
});

it("prints it also for a cluster that exists and subnets that are known only at apply", () => {
  const template = synthesize((stack) => {
    const taskSubnetIds = new TerraformVariable(stack, "subnets", { type: "list(string)" }).listValue;
    const network = { ...minimal.network, taskSubnetIds, assignPublicIp: true };
    const cluster = { arn: "arn:aws:ecs:ap-northeast-1:123456789012:cluster/shared", name: "shared" };
    const task = new OneOffTask(stack, "backfill", { ...minimal, network, cluster });
    new TerraformOutput(stack, "command", { value: task.runCommand });
  });
  const command = commandOf(template);
  expect(command).toContain("--cluster shared ");
  expect(command).toContain('subnets=[${join(",", var.subnets)}]');
  expect(command).toContain("assignPublicIp=ENABLED");
});

it("names what whoever runs it has to be allowed", () => {
  backfill({}, ({ runStatements }) => {
    expect(runStatements.map(({ Action }) => Action)).toEqual(["ecs:RunTask", "ecs:TagResource", "iam:PassRole"]);
  });
});

it("adds policies to the role of the app", () => {
  const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::crm-uploads/*" } as const;
  const template = backfill({ taskPolicyStatements: [statement] }, (task) =>
    task.addTaskPolicy("uploads", [statement]),
  );
  expect(template.count("aws_iam_role_policy")).toBe(3);
});

it.each<[string, object, string]>([
  ["a tag that moves", { image: "ghcr.io/acme/crm:latest" }, "image: expected an image reference with a digest"],
  ["a port", { containerPort: 3000 }, "containerPort: expected"],
  ["one subnet", { network: { ...minimal.network, taskSubnetIds: ["subnet-0123456789abcdef0"] } }, "2 to 16"],
])("refuses %s", (_, props, line) => {
  const lines = refusal((stack) => void new OneOffTask(stack, "backfill", { ...minimal, ...props }));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(line);
});
