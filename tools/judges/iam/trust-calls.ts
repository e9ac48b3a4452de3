import { type Json } from "../../terraform/json";
import { type Call, OTHER_ACCOUNT, type World } from "./world";

/** Who assumes each role, and that another service may not. */
export function trustCalls(world: World, role: string, json: Json): Call[] {
  const name = world.text(json, "name");
  const resource = `arn:aws:iam::${world.account}:role/${name}`;
  const call = (service: string, allowed: boolean, context: Record<string, string> = {}): Call => {
    return {
      what: `${service} assumes ${role}`,
      caller: { service },
      action: "sts:AssumeRole",
      resource,
      context,
      allowed,
    };
  };
  const on = (account: string, source: string) => ({ "aws:SourceAccount": account, "aws:SourceArn": source });
  const service = ASSUMED_BY.find(([part]) => role.includes(part))?.[1];
  if (service === undefined) throw new Error(`role ${role}: nobody is known to assume it`);
  const sourceOf = SOURCES[service];
  const from = (account: string) => on(account, sourceOf?.(`${world.region}:${account}`, name) ?? "");
  return [
    call(service, true, sourceOf ? from(world.account) : {}),
    ...(sourceOf ? [call(service, false, from(OTHER_ACCOUNT))] : []),
    call("lambda.amazonaws.com", false, from(world.account)),
  ];
}

const ASSUMED_BY = [
  ["app-runner-access-role", "build.apprunner.amazonaws.com"],
  ["app-runner-instance-role", "tasks.apprunner.amazonaws.com"],
  ["execution-role", "ecs-tasks.amazonaws.com"],
  ["task-role", "ecs-tasks.amazonaws.com"],
  ["state-machine-role", "states.amazonaws.com"],
  ["schedule-role", "scheduler.amazonaws.com"],
  ["instance-role", "ec2.amazonaws.com"],
  ["flow-log-role", "vpc-flow-logs.amazonaws.com"],
  ["monitoring-role", "monitoring.rds.amazonaws.com"],
  ["proxy_role", "rds.amazonaws.com"],
] as const;

/** On behalf of what a service assumes a role, where the role's trust names it: by place, and by the role's name. */
const SOURCES: Readonly<Record<string, (place: string, role: string) => string>> = {
  "ecs-tasks.amazonaws.com": (place) => `arn:aws:ecs:${place}:task/cluster/1`,
  "states.amazonaws.com": (place) => `arn:aws:states:${place}:stateMachine:any`,
  "scheduler.amazonaws.com": (place, role) =>
    `arn:aws:scheduler:${place}:schedule-group/${role.replace(/-schedule$/, "")}`,
};
