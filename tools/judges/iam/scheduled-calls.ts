import { at, type Json } from "../../terraform/json";
import { type Call, type World } from "./world";

/**
 * A state machine that runs a task: it lists, runs, watches and stops tasks. Source: Step Functions developer guide, "IAM policies for calling
 * Amazon ECS or Fargate".
 */
export function stateMachineCalls(world: World, machine: Json): Call[] {
  const role = world.reference(machine, "role_arn", "aws_iam_role") ?? "";
  const call = (action: string, resource: string, allowed = true, context?: Record<string, string>): Call => {
    return { what: "the state machine", caller: { role }, action, resource, allowed, ...(context && { context }) };
  };
  const { Cluster, TaskDefinition } = runParameters(machine);
  const cluster = world.expressions.resolve(Cluster);
  const definition = /aws_ecs_task_definition\.([\w-]+)\./.exec(TaskDefinition)?.[1] ?? "";
  const task = world.each("aws_ecs_task_definition", (name, each) => (name === definition ? [each] : []))[0];
  const arn = (service: string, resource: string) => `arn:aws:${service}:${world.region}:${world.account}:${resource}`;
  const tasks = arn("ecs", `task/${cluster.split("/")[1]}/0123456789abcdef`);
  const inCluster = { "ecs:cluster": cluster };
  const inAnother = { "ecs:cluster": arn("ecs", "cluster/other") };
  const family = world.text(task, "family");
  return [
    call("ecs:ListTasks", "*", true, inCluster),
    call("ecs:ListTasks", "*", false, inAnother),
    call("ecs:RunTask", arn("ecs", `task-definition/${family}:1`), true, inCluster),
    call("ecs:RunTask", arn("ecs", `task-definition/${family}:1`), false, inAnother),
    call("ecs:RunTask", arn("ecs", "task-definition/other:1"), false, inCluster),
    call("ecs:TagResource", tasks, true, { "ecs:CreateAction": "RunTask" }),
    call("ecs:TagResource", tasks, false),
    ...["ecs:DescribeTasks", "ecs:StopTask"].flatMap((action) => [
      call(action, tasks),
      call(action, arn("ecs", "task/other/0123456789abcdef"), false),
    ]),
    ...["execution_role_arn", "task_role_arn"].flatMap((attribute) => {
      const passed = world.text(task, attribute);
      const to = (service: string) => ({ "iam:PassedToService": `${service}.amazonaws.com` });
      return [call("iam:PassRole", passed, true, to("ecs-tasks")), call("iam:PassRole", passed, false, to("lambda"))];
    }),
    call("iam:PassRole", `arn:aws:iam::${world.account}:role/other`, false),
    ...["DescribeRule", "PutRule", "PutTargets"].flatMap((action) => [
      call(`events:${action}`, arn("events", "rule/StepFunctionsGetEventsForECSTaskRule")),
      call(`events:${action}`, arn("events", "rule/other"), false),
    ]),
  ];
}

interface RunParameters {
  readonly Cluster: string;
  readonly TaskDefinition: string;
}

/** The parameters with which the machine runs its task. @throws Error for a machine that runs none */
function runParameters(machine: Json): RunParameters {
  const definition = JSON.parse(at(machine, "definition") as string) as {
    readonly States: Readonly<Record<string, { readonly Resource?: string; readonly Parameters?: RunParameters }>>;
  };
  const run = Object.values(definition.States).find(({ Resource }) => Resource?.endsWith(":ecs:runTask.sync"));
  if (!run?.Parameters) throw new Error("a state machine that runs no task: nobody knows its calls");
  return run.Parameters;
}

/** A schedule starts what it targets. Source: EventBridge Scheduler user guide, "Setting up the execution role". */
export function scheduleCalls(world: World, schedule: Json): Call[] {
  const target = at(schedule, "target") as Json;
  const role = world.reference(target, "role_arn", "aws_iam_role") ?? "";
  const call = (resource: string, allowed: boolean): Call => {
    return { what: "the schedule", caller: { role }, action: "states:StartExecution", resource, allowed };
  };
  const other = `arn:aws:states:${world.region}:${world.account}:stateMachine:other`;
  return [call(world.text(target, "arn"), true), call(other, false)];
}
