import { gzipSync } from "node:zlib";
import { contract } from "../../app/contract";
import { type InstanceProps, renderScript } from "../../modules/ec2-service/instance";
import { type StateJson, type StateResource } from "../../tools/terraform/state-json";
import { type Values } from "../../tools/terraform/values";

const NAME = "messenger-crm-dev";
const TEMPLATE = "lt-0123456789abcdef0";
const HOOKS = { launching: "boot", terminating: "drain" };
const ENTRANCE_PORT = 8080;
const ECS = ["aws_ecs_service", "aws_ecs_task_definition", "aws_appautoscaling_target"];

interface ContainerDefinition {
  readonly name: string;
  readonly environment: readonly { readonly name: string; readonly value: string }[];
  readonly secrets: readonly { readonly name: string; readonly valueFrom: string }[];
}

/**
 * Replaces the ECS service of an applied state by an Auto Scaling group, in the form in which the AWS provider 5.100 writes it. The user data
 * is what the module renders today, with the variables and secrets of the service.
 */
export function withInstances(state: StateJson, props: Partial<InstanceProps> = {}): StateJson {
  const resources = state.values!.root_module!.resources!;
  const others = resources.filter(({ type }) => !ECS.includes(type));
  const group = resources.find(({ type }) => type === "aws_lb_target_group")!;
  const userData = renderScript({ ...propsOf(definitionsOf(resources)), ...props });
  const added = [
    resource("aws_launch_template", {
      id: TEMPLATE,
      name: `${NAME}-instances`,
      instance_type: "t4g.small",
      latest_version: 1,
      user_data: gzipSync(userData).toString("base64"),
    }),
    resource("aws_autoscaling_group", groupValues(group.values["arn"])),
    hook("LAUNCHING", HOOKS.launching, 420),
    hook("TERMINATING", HOOKS.terminating, 85),
  ];
  return { values: { root_module: { resources: [...others, ...added] } } };
}

function groupValues(targetGroupArn: unknown): Values {
  const percentages = { min_healthy_percentage: 100, max_healthy_percentage: 200 };
  const specification = { launch_template_id: TEMPLATE, launch_template_name: `${NAME}-instances`, version: "1" };
  return {
    name: NAME,
    min_size: 2,
    max_size: 4,
    desired_capacity: 2,
    target_group_arns: [targetGroupArn],
    health_check_grace_period: 100,
    default_instance_warmup: 40,
    launch_template: [],
    mixed_instances_policy: [
      {
        launch_template: [
          { launch_template_specification: [specification], override: [{ instance_type: "t4g.small" }] },
        ],
      },
    ],
    instance_maintenance_policy: [percentages],
    instance_refresh: [{ strategy: "Rolling", preferences: [{ ...percentages, auto_rollback: false }] }],
  };
}

function hook(transition: string, name: string, timeoutSec: number): StateResource {
  return resource(
    "aws_autoscaling_lifecycle_hook",
    {
      name,
      autoscaling_group_name: NAME,
      lifecycle_transition: `autoscaling:EC2_INSTANCE_${transition}`,
      heartbeat_timeout: timeoutSec,
    },
    name,
  );
}

function resource(type: string, values: Values, name = "service"): StateResource {
  return { address: `${type}.${name}`, mode: "managed", type, values };
}

function definitionsOf(resources: readonly StateResource[]): readonly ContainerDefinition[] {
  const task = resources.find(({ type }) => type === "aws_ecs_task_definition")!;
  return JSON.parse(task.values["container_definitions"] as string) as ContainerDefinition[];
}

function propsOf(definitions: readonly ContainerDefinition[]): InstanceProps {
  const { container } = contract;
  const [app, migration] = ["app", "migration"].map((name) => definitions.find((each) => each.name === name)!);
  const { pingIntervalSec: pingInterval, pingTimeoutSec: pingTimeout } = container.socket.heartbeat;
  const variables = app!.environment.filter(({ name }) => name !== "PORT" && name !== "HOSTNAME");
  return {
    name: NAME,
    region: "ap-northeast-1",
    image: "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/messenger-crm:0.1.0",
    migration: {
      command: container.migrateCommand,
      secrets: secretsOf(migration!),
      timeoutSec: container.migrateSec,
    },
    entrancePort: ENTRANCE_PORT,
    processes: 2,
    firstProcessPort: container.port,
    environment: Object.fromEntries(variables.map(({ name, value }) => [name, value])),
    secrets: secretsOf(app!),
    healthPath: container.health.path,
    socketPath: container.socket.path,
    heartbeatSec: { pingInterval, pingTimeout },
    maxMessageBytes: container.socket.maxPayloadBytes,
    keepAliveTimeoutSec: container.http.keepAliveTimeoutSec,
    bootSec: container.bootSec,
    drainSec: container.drain.shutdownSec,
    autoScalingGroupName: NAME,
    lifecycleHooks: HOOKS,
    logGroupName: `/ec2/${NAME}`,
    metricsNamespace: "MessengerCRM/Instances",
  };
}

function secretsOf({ secrets }: ContainerDefinition): Record<string, string> {
  return Object.fromEntries(secrets.map(({ name, valueFrom }) => [name, valueFrom]));
}
