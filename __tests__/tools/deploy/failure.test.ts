import { explain } from "../../../tools/deploy/failure/explain";
import { failureReport } from "../../../tools/deploy/failure/failure-report";
import { type StoppedContainer, type StoppedTask } from "../../../tools/deploy/failure/stopped-task";
import { contextOf, revisionArn, useCredentials } from "./fixtures";
import { AwsFault, ScriptedAws } from "./scripted-aws";

const container = (name: string, exitCode?: number, reason = ""): StoppedContainer => ({ name, exitCode, reason });
const task = (
  reason: string,
  containers: readonly StoppedContainer[] = [],
  stopCode = "TaskFailedToStart",
): StoppedTask => ({
  id: "t1",
  revision: 2,
  stopCode,
  reason,
  containers,
});

const EXITED = "Essential container in task exited";

it.each<[string, StoppedTask, RegExp]>([
  [
    "another architecture",
    task(
      "CannotPullContainerError: pull image manifest has been retried 1 time(s): image Manifest does not contain descriptor matching platform 'linux/arm64'",
    ),
    /^The image is for another architecture/,
  ],
  [
    "an image that does not exist",
    task(
      "CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref r:2: r:2: not found",
    ),
    /^The image does not exist/,
  ],
  [
    "a missing right to pull",
    task("CannotPullContainerError: failed to resolve ref: unexpected status from HEAD request: 403 Forbidden"),
    /^The task may not pull the image/,
  ],
  [
    "no way to the registry",
    task("CannotPullContainerError: dial tcp 52.1.2.3:443: i/o timeout"),
    /^The task cannot reach the image's registry/,
  ],
  ["another failure to pull", task("CannotPullContainerError: toomanyrequests"), /^The image could not be pulled/],
  [
    "a missing right to a secret",
    task(
      "ResourceInitializationError: unable to pull secrets or registry auth: AccessDeniedException: User is not authorized to perform: secretsmanager:GetSecretValue",
    ),
    /^The execution role may not read a secret/,
  ],
  [
    "a missing secret",
    task(
      "ResourceInitializationError: unable to pull secrets or registry auth: ResourceNotFoundException: Secrets Manager can't find the specified secret.",
    ),
    /^A secret or parameter of the task does not exist/,
  ],
  [
    "no way to Secrets Manager",
    task(
      "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: context deadline exceeded",
    ),
    /^The task cannot reach Secrets Manager/,
  ],
  [
    "a missing log group",
    task(
      "ResourceInitializationError: failed to validate logger args: The task cannot find the Amazon CloudWatch log group",
    ),
    /^The log group of the task is missing/,
  ],
  [
    "too little memory",
    task(EXITED, [container("app", 137, "OutOfMemoryError: Container killed due to memory usage")]),
    /^A container used more memory/,
  ],
  ["a kill", task(EXITED, [container("app", 137)]), /^The container app was killed/],
  [
    "a configuration that is refused",
    task(EXITED, [container("migration", 0), container("app", 78)]),
    /^The container app refuses its configuration \(exit code 78\)/,
  ],
  [
    "a failed migration",
    task("Dependent container stopped", [container("migration", 1), container("app")]),
    /^The migration ended with exit code 1, so the application was not started/,
  ],
  [
    "a migration that refuses its configuration",
    task(EXITED, [container("migration", 78), container("app")]),
    /78: it refuses a setting/,
  ],
  ["any other end", task(EXITED, [container("app", 3)]), /^The container app ended with exit code 3/],
  ["a signal", task(EXITED, [container("app", 143)]), /^The container app was asked to stop/],
  [
    "failed health checks",
    task("Task failed ELB health checks in (target-group arn:x)", [container("app", 143)]),
    /^The task ran, but its health check failed/,
  ],
  ["an end of Spot capacity", task("Your Spot Task was interrupted.", [], "SpotInterruption"), /^AWS took the Spot/],
  ["a container that does not start", task("CannotStartContainerError: exec: not found"), /^A container could not be/],
  ["nothing known", task("Task stopped by operator", [], "UserInitiated"), /^Task stopped by operator$/],
])("explains %s", (_, stopped, what) => {
  expect(explain(stopped).what).toMatch(what);
  expect(explain(stopped).remedy).toMatch(/[.?]$/);
});

describe("the report on a failed deployment", () => {
  useCredentials();
  let aws: ScriptedAws;
  afterEach(() => aws.stop());

  const stopped = (id: string, revision: number, exitCode: number) => ({
    taskArn: `arn:aws:ecs:ap-northeast-1:123456789012:task/crm-dev/${id}`,
    taskDefinitionArn: revisionArn(revision),
    stopCode: "EssentialContainerExited",
    stoppedReason: EXITED,
    stoppedAt: 1_764_482_400,
    containers: [
      { name: "migration", exitCode: 0 },
      { name: "app", exitCode },
    ],
  });

  it("says once why the revision's tasks stopped, with the end of the log", async () => {
    aws = await ScriptedAws.start({
      ListTasks: { taskArns: ["a", "b", "c"] },
      DescribeTasks: { tasks: [stopped("a1", 2, 78), stopped("b1", 2, 78), stopped("c1", 1, 0)] },
      GetLogEvents: { events: [{ message: "REDIS_URL: expected a URL, got nothing.\n", timestamp: 0 }] },
    });
    const { context } = contextOf(aws);
    expect(await failureReport(context.aws, context.target, 2)).toBe(
      [
        "The container app refuses its configuration (exit code 78). (2 tasks) Its log names the variable: correct it in the stack.",
        "  ECS: Essential container in task exited",
        "  Log of app, task a1:",
        "    REDIS_URL: expected a URL, got nothing.",
      ].join("\n"),
    );
    expect(aws.inputs("GetLogEvents")).toEqual([
      { logGroupName: "/ecs/crm-dev", logStreamName: "app/app/a1", limit: 8, startFromHead: false },
    ]);
  });

  it("is empty when no task stopped", async () => {
    aws = await ScriptedAws.start({ ListTasks: { taskArns: [] } });
    const { context } = contextOf(aws);
    expect(await failureReport(context.aws, context.target, 2)).toBe("");
  });

  it("leaves out the log of a container that wrote none", async () => {
    aws = await ScriptedAws.start({
      ListTasks: { taskArns: ["a"] },
      DescribeTasks: { tasks: [stopped("a1", 2, 1)] },
      GetLogEvents: new AwsFault("ResourceNotFoundException", "The specified log stream does not exist."),
    });
    const { context } = contextOf(aws);
    expect(await failureReport(context.aws, context.target, 2)).not.toContain("Log of");
  });
});
