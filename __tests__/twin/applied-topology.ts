import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Image } from "../../tools/twin/tasks/image";
import { type StateJson } from "../../tools/terraform/state-json";
import { type InstanceProps } from "../../modules/ec2-service/instance";
import { readTopology } from "../../tools/twin/topology/read-topology";
import { withInstances } from "./instance-state";

type Values = Record<string, unknown>;

const FIXTURES = join(__dirname, "../tools/twin/fixtures");

/** A small server that the tests run instead of the app. */
export const FIXTURE_IMAGE: Image = { folder: join(FIXTURES, "image"), command: ["node", "server.js"] };

/** Changed attributes of the applied resources, under Terraform's names; containers by name. */
export interface Changes {
  readonly balancer?: Values;
  readonly targetGroup?: Values;
  readonly healthCheck?: Values;
  readonly stickiness?: Values;
  readonly service?: Values;
  readonly scaling?: Values;
  readonly task?: Values;
  /** Of the Auto Scaling group. */
  readonly group?: Values;
  readonly app?: Values;
  readonly migration?: Values;
  /** Variables of both containers. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Changes of instances, whose programs are in their user data. */
export interface InstanceChanges extends Changes {
  readonly instance?: Partial<InstanceProps>;
}

/** Seconds in place of the minutes that AWS would wait. */
const SHORT_TIMES: Changes = {
  targetGroup: { deregistration_delay: "2" },
  healthCheck: { interval: 1, timeout: 3, healthy_threshold: 2, unhealthy_threshold: 2 },
  service: { health_check_grace_period_seconds: 10 },
  group: { health_check_grace_period: 10, default_instance_warmup: 2 },
  app: { stopTimeout: 5 },
};

/** Reads the topology from dev's applied state, with short times and then with changes. */
export function appliedTopology(changes: Changes = {}) {
  const state = readState();
  change(state, SHORT_TIMES);
  change(state, changes);
  return readTopology(state);
}

/** Reads the topology of the same state with instances of an Auto Scaling group instead of the ECS service. */
export function appliedInstances({ instance, ...changes }: InstanceChanges = {}) {
  const state = withInstances(readState(), instance);
  change(state, SHORT_TIMES);
  change(state, changes);
  return readTopology(state);
}

function readState(): StateJson {
  return JSON.parse(readFileSync(join(FIXTURES, "dev-state.json"), "utf8")) as StateJson;
}

function change(state: StateJson, changes: Changes): void {
  for (const { type, values } of state.values!.root_module!.resources!) {
    const attributes = values as Values;
    if (type === "aws_lb") Object.assign(attributes, changes.balancer);
    if (type === "aws_ecs_service") Object.assign(attributes, changes.service);
    if (type === "aws_autoscaling_group") Object.assign(attributes, changes.group);
    if (type === "aws_appautoscaling_target") Object.assign(attributes, changes.scaling);
    if (type === "aws_lb_target_group") {
      Object.assign(attributes, changes.targetGroup);
      Object.assign((attributes["health_check"] as Values[])[0]!, changes.healthCheck);
      Object.assign((attributes["stickiness"] as Values[])[0]!, changes.stickiness);
    }
    if (type === "aws_ecs_task_definition") changeTask(attributes, changes);
  }
}

function changeTask(attributes: Values, { task, app, migration, environment = {} }: Changes): void {
  Object.assign(attributes, task);
  const containers = JSON.parse(attributes["container_definitions"] as string) as Values[];
  for (const container of containers) {
    Object.assign(container, container["name"] === "app" ? app : migration);
    const variables = container["environment"] as { name: string; value: string }[];
    for (const [name, value] of Object.entries(environment)) variables.push({ name, value });
  }
  attributes["container_definitions"] = JSON.stringify(containers);
}
