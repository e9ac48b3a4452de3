import { Fn, Lazy, TerraformVariable } from "cdktf";
import { FargateService } from "../../../modules/fargate-service";
import { synthesize } from "../../helpers/synth";
import { container, minimal, REPOSITORY_ARN, service } from "./fixture";

describe("an image", () => {
  const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

  it.each([`ghcr.io/acme/crm@${digest}`, `crm:latest@${digest}`, "localhost:5000/crm:1.2.3", "crm:2026-11-23_a"])(
    "%s is taken as it is",
    (image) => expect(container(service({ image }), "app")["image"]).toBe(image),
  );

  it("known only at apply is checked for a tag at apply", () => {
    const template = synthesize((stack) => {
      const image = new TerraformVariable(stack, "image", { type: "string" }).stringValue;
      new FargateService(stack, "service", { ...minimal, image, repositoryArn: REPOSITORY_ARN });
    });
    expect(container(template, "app")["image"]).toBe("${var.image}");
    expect(template.only("aws_ecs_task_definition")["lifecycle"]).toEqual({
      precondition: [
        {
          condition:
            '${((terraform.workspace != "-") && (can(regex("(@sha256:[0-9a-f]{64}|^[^@]*:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})$", var.image)) && !endswith(var.image, ":latest")))}',
          error_message:
            "image: expected a digest or a tag other than latest, so that a rollback has a name for what ran before.",
        },
      ],
    });
  });
});

it("accepts values known only at apply wherever a check reads a literal", () => {
  const template = synthesize((stack) => {
    const number = (name: string) => new TerraformVariable(stack, name, { type: "number" }).numberValue;
    const text = (name: string) => new TerraformVariable(stack, name, { type: "string" }).stringValue;
    new FargateService(stack, "service", {
      ...minimal,
      network: {
        vpcId: text("vpc"),
        taskSubnetIds: Fn.tolist(["a", "b"]),
        assignPublicIp: false,
      },
      cpu: number("cpu"),
      memoryMiB: number("memory"),
      ephemeralStorageGiB: number("disk"),
      containerPort: number("port"),
      user: text("user"),
      command: [text("command")],
      secrets: { A: text("secret"), B: { arn: text("parameter"), service: "ssm" } },
      secretKmsKeyArns: [text("key")],
      connections: { database: { securityGroupId: text("group"), port: number("databasePort") } },
      desiredCount: Lazy.numberValue({ produce: () => 3 }),
      autoscaling: { minCount: number("min"), maxCount: number("max"), cpuPercent: number("percent") },
      rollbackAlarmNames: [text("alarm")],
    });
  });
  expect(template.text).not.toMatch(/TfToken|Token\[|e\+?308|NaN/);
  expect(template.only("aws_ecs_task_definition")).toMatchObject({ cpu: "${var.cpu}", memory: "${var.memory}" });
  expect(template.only("aws_ecs_task_definition")["container_definitions"]).toContain('"containerPort":${var.port}');
  expect(template.only("aws_ecs_service")["desired_count"]).toBe(3);
  expect(template.only("aws_appautoscaling_target")).toMatchObject({ min_capacity: "${var.min}" });
});
