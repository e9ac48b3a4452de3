import { type PlannedChange } from "../changes/planned-change";
import { number, type Values } from "../../terraform/values";
import { goes, type Interruption, type Judge, whenGone } from "./interruption";
import { type Rollout } from "./rollout";

const UPDATE_SERVICE = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html";
const STOP_TASK = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html";

/** Attributes whose change starts new tasks. Source: ECS API reference, UpdateService. */
const STARTS_TASKS = [
  "task_definition",
  "network_configuration",
  "load_balancer",
  "platform_version",
  "capacity_provider_strategy",
  "service_registries",
  "service_connect_configuration",
  "volume_configuration",
  "enable_ecs_managed_tags",
  "propagate_tags",
  "placement_constraints",
  "ordered_placement_strategy",
  "triggers",
];

/** The provider changes tags by a call of their own. */
const TAGS = ["tags", "tags_all"];

const ecsService: Judge = (change, rollouts) => {
  const rollout = rollouts(change.address, change.kind === "destroy" ? change.before : change.after);
  if (goes(change)) return gone(change, rollout);
  if (change.kind === "replace") return replacedNewFirst(rollout);
  if (change.kind !== "update") return undefined;
  if (deploys(change)) return deployment(rollout);
  return scaleIn(change, "desired_count", rollout);
};

/** With `force_new_deployment`, the provider starts a deployment with every update but one of tags. */
function deploys({ changed, after }: PlannedChange): boolean {
  if (STARTS_TASKS.some((attribute) => changed.has(attribute))) return true;
  return after["force_new_deployment"] === true && [...changed].some((attribute) => !TAGS.includes(attribute));
}

function deployment({ tasks, atOnce, mayStopAll, totalSec, ...times }: Rollout): Interruption | undefined {
  if (tasks === 0) return undefined;
  const { deregistrationDelaySec, stopTimeoutSec, startSec } = times;
  if (mayStopAll) {
    return {
      effect: "outage",
      what: `Rolling deployment of ${count(tasks)} that may stop every task before a new one runs (deployment_minimum_healthy_percent): clients cannot connect until then.`,
      seconds: { atMost: startSec + deregistrationDelaySec + stopTimeoutSec },
      source: UPDATE_SERVICE,
    };
  }
  return {
    effect: "reconnect",
    what: `Rolling deployment of ${count(tasks)}, ${atOnce} at a time: every open connection is closed once, at most ${deregistrationDelaySec + stopTimeoutSec} s after its task began to drain (deregistration delay ${deregistrationDelaySec} s, stop timeout ${stopTimeoutSec} s), and reconnects to another task.`,
    seconds: { atMost: totalSec },
    source: UPDATE_SERVICE,
  };
}

function count(tasks: number): string {
  return tasks === 1 ? "1 task" : `${tasks} tasks`;
}

function gone(
  { kind }: PlannedChange,
  { tasks, startSec, deregistrationDelaySec, stopTimeoutSec }: Rollout,
): Interruption {
  if (kind === "destroy") {
    return { effect: "outage", what: `All tasks (${tasks}) are stopped and not replaced.`, source: STOP_TASK };
  }
  return {
    effect: "outage",
    what: `All tasks (${tasks}) are stopped before new ones start: every connection is closed, and clients cannot connect until the new tasks are healthy.`,
    seconds: { atMost: deregistrationDelaySec + stopTimeoutSec + startSec },
    source: STOP_TASK,
  };
}

function replacedNewFirst({ deregistrationDelaySec, stopTimeoutSec }: Rollout): Interruption {
  return {
    effect: "reconnect",
    what: "A new service takes over, then all tasks of the old one stop at once: every open connection is closed and reconnects.",
    seconds: { atMost: deregistrationDelaySec + stopTimeoutSec },
    source: STOP_TASK,
  };
}

function scaleIn({ before, after }: PlannedChange, attribute: string, rollout: Rollout): Interruption | undefined {
  const [was, is] = [number(before, attribute), number(after, attribute)];
  if (was === undefined || is === undefined || is >= was) return undefined;
  const { deregistrationDelaySec, stopTimeoutSec } = rollout;
  if (is === 0) return { effect: "outage", what: "All tasks are stopped and not replaced.", source: STOP_TASK };
  return {
    effect: "reconnect",
    what: `${was - is} of ${was} tasks are drained and stopped: their connections are closed and reconnect to the others.`,
    seconds: { atMost: deregistrationDelaySec + stopTimeoutSec },
    source: STOP_TASK,
  };
}

/** A lower maximum stops the tasks above it. */
const scalingTarget: Judge = ({ kind, before, after }) => {
  const [was, is] = [number(before, "max_capacity"), number(after, "max_capacity")];
  if (kind !== "update" || was === undefined || is === undefined || is >= was) return undefined;
  return {
    effect: "reconnect",
    what: `If more than ${is} tasks run (at most ${was} before), those above are drained and stopped; their connections reconnect.`,
    source: "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html",
  };
};

const autoscalingGroup: Judge = (change) => {
  if (goes(change)) return { effect: "outage", what: "All instances are terminated, with every connection to them." };
  if (change.kind !== "update") return undefined;
  const template = ["launch_template", "mixed_instances_policy"].some((attribute) => change.changed.has(attribute));
  const refreshes = refreshesInstances(change.after) && template;
  if (!refreshes) return undefined;
  return { effect: "reconnect", what: "The instances are replaced in turn: every open connection is closed once." };
};

function refreshesInstances(values: Values): boolean {
  return Array.isArray(values["instance_refresh"]) && values["instance_refresh"].length > 0;
}

const appRunner: Judge = (change) => {
  if (goes(change)) return { effect: "outage", what: "The service and its address go." };
  const settings = ["source_configuration", "instance_configuration", "network_configuration"];
  if (change.kind !== "update" || !settings.some((attribute) => change.changed.has(attribute))) return undefined;
  return { effect: "reconnect", what: "A deployment replaces the instance: clients connect again." };
};

export const SERVICE_JUDGES: Readonly<Record<string, Judge>> = {
  aws_ecs_service: ecsService,
  aws_ecs_cluster: whenGone(
    "outage",
    "The cluster goes with its tasks.",
    "The cluster goes with its tasks, and comes back empty.",
  ),
  aws_appautoscaling_target: scalingTarget,
  aws_autoscaling_group: autoscalingGroup,
  aws_instance: whenGone(
    "outage",
    "The instance goes with its connections.",
    "The instance goes with its connections until the new one has started.",
  ),
  aws_apprunner_service: appRunner,
  aws_lambda_function: whenGone(
    "degraded",
    "Messages are no longer handled.",
    "Messages fail until the new function exists.",
  ),
  aws_apigatewayv2_api: whenGone(
    "outage",
    "The API and its address go.",
    "The API is replaced by one with another address.",
  ),
  aws_apigatewayv2_stage: whenGone(
    "outage",
    "The stage goes with its connections.",
    "The stage goes with its connections until the new one exists.",
  ),
};
