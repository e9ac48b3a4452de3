import { type Json } from "../../terraform/json";
import { instanceCalls } from "./instance-calls";
import { appRunnerCalls } from "./app-runner-calls";
import {
  accessLogCalls,
  deliveryCalls,
  flowLogCalls,
  keyCalls,
  loadBalancerCalls,
  pullCalls,
  topicCalls,
} from "./resource-calls";
import { scheduleCalls, stateMachineCalls } from "./scheduled-calls";
import { executeCommandCalls, proxyCalls, taskCalls } from "./task-calls";
import { trustCalls } from "./trust-calls";
import { type Call, World } from "./world";

/** Lists the calls that what the stack creates really makes, and calls that nobody may make. */
export function callsOf(stack: Json): Call[] {
  const world = new World(stack);
  return [
    ...world.each("aws_ecs_task_definition", (_, task) => taskCalls(world, task)),
    ...world.each("aws_ecs_service", (_, service) => executeCommandCalls(world, service)),
    ...world.each("aws_sfn_state_machine", (_, machine) => stateMachineCalls(world, machine)),
    ...world.each("aws_scheduler_schedule", (_, schedule) => scheduleCalls(world, schedule)),
    ...world.each("aws_launch_template", (_, template) => instanceCalls(world, template)),
    ...world.each("aws_apprunner_service", (_, service) => appRunnerCalls(world, service)),
    ...world.each("aws_db_proxy", (_, proxy) => proxyCalls(world, proxy)),
    ...world.each("aws_ecr_repository_policy", (_, policy) => pullCalls(world, policy)),
    ...world.each("aws_s3_bucket_logging", (_, logging) => accessLogCalls(world, logging)),
    ...world.each("aws_flow_log", (_, log) => flowLogCalls(world, log)),
    ...world.each("aws_kms_key", (name) => keyCalls(world, name)),
    ...world.each("aws_lb", (_, balancer) => loadBalancerCalls(world, balancer)),
    ...world.each("aws_cloudwatch_log_delivery_destination", (_, destination) => deliveryCalls(world, destination)),
    ...world.each("aws_sns_topic", (name) => topicCalls(world, name)),
    ...world.each("aws_iam_role", (name, role) => trustCalls(world, name, role)),
  ];
}
