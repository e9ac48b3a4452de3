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
  const ecs = (account: string) => ({
    "aws:SourceAccount": account,
    "aws:SourceArn": `arn:aws:ecs:${world.region}:${account}:task/cluster/1`,
  });
  const service = ASSUMED_BY.find(([part]) => role.includes(part))?.[1];
  if (service === undefined) throw new Error(`role ${role}: nobody is known to assume it`);
  const ofTasks = service === "ecs-tasks.amazonaws.com";
  return [
    call(service, true, ofTasks ? ecs(world.account) : {}),
    ...(ofTasks ? [call(service, false, ecs(OTHER_ACCOUNT))] : []),
    call("lambda.amazonaws.com", false, ecs(world.account)),
  ];
}

const ASSUMED_BY = [
  ["app-runner-access-role", "build.apprunner.amazonaws.com"],
  ["app-runner-instance-role", "tasks.apprunner.amazonaws.com"],
  ["execution-role", "ecs-tasks.amazonaws.com"],
  ["task-role", "ecs-tasks.amazonaws.com"],
  ["instance-role", "ec2.amazonaws.com"],
  ["flow-log-role", "vpc-flow-logs.amazonaws.com"],
  ["monitoring-role", "monitoring.rds.amazonaws.com"],
  ["proxy_role", "rds.amazonaws.com"],
] as const;
