import { migrate } from "../../../tools/deploy/commands/migrate";
import { untilInterrupted } from "../../../tools/deploy/interrupt";
import { contextOf, digestOf, REPOSITORY, revisionArn, useCredentials } from "./fixtures";
import { type Answer, AwsFault, type Script, ScriptedAws } from "./scripted-aws";

useCredentials();

const IMAGE = `${REPOSITORY}@${digestOf("a")}`;
const OWN_REVISION = "arn:aws:ecs:ap-northeast-1:123456789012:task-definition/crm-dev-migration:1";
const TASK = "arn:aws:ecs:ap-northeast-1:123456789012:task/crm-dev/m1";
const NETWORK = {
  awsvpcConfiguration: { subnets: ["subnet-1"], securityGroups: ["sg-1"], assignPublicIp: "DISABLED" },
};

const migration = {
  name: "migration",
  image: IMAGE,
  essential: false,
  command: ["node", "migrate.js"],
  secrets: [{ name: "DATABASE_MASTER_CREDENTIALS", valueFrom: "arn:x" }],
  logConfiguration: {
    logDriver: "awslogs",
    options: { "awslogs-group": "/ecs/crm-dev", "awslogs-stream-prefix": "migration" },
  },
};
const app = {
  name: "app",
  image: IMAGE,
  portMappings: [{ containerPort: 3000 }],
  dependsOn: [{ containerName: "migration", condition: "SUCCESS" }],
};

interface End {
  readonly exitCode?: number;
  readonly stoppedReason?: string;
  readonly reason?: string;
}

/** A service whose migration runs for two looks and ends as told. */
function account(
  { exitCode, stoppedReason = "Essential container in task exited", reason }: End,
  changes: Script = {},
): Script {
  let looks = 0;
  return {
    DescribeServices: {
      services: [
        {
          status: "ACTIVE",
          taskDefinition: revisionArn(4),
          platformVersion: "1.4.0",
          networkConfiguration: NETWORK,
          deployments: [{ id: "ecs-svc/4", status: "PRIMARY" }],
        },
      ],
    },
    DescribeTaskDefinition: {
      taskDefinition: {
        family: "crm-dev",
        cpu: "256",
        memory: "512",
        networkMode: "awsvpc",
        executionRoleArn: "arn:aws:iam::123456789012:role/crm-dev-execution",
        taskRoleArn: "arn:aws:iam::123456789012:role/crm-dev-task",
        requiresCompatibilities: ["FARGATE"],
        containerDefinitions: [migration, app],
      },
      tags: [{ key: "Environment", value: "dev" }],
    },
    GetParameter: { Parameter: { Value: `0.1.0@${digestOf("a")}` } },
    ListTasks: { taskArns: [] },
    RegisterTaskDefinition: { taskDefinition: { taskDefinitionArn: OWN_REVISION } },
    RunTask: { tasks: [{ taskArn: TASK }] },
    DescribeTasks: (): Answer => {
      looks += 1;
      const lastStatus = ["PROVISIONING", "RUNNING", "STOPPED"][Math.min(looks, 3) - 1]!;
      const container = { name: "migration", ...(lastStatus === "STOPPED" ? { exitCode, reason } : {}) };
      const stopped = lastStatus === "STOPPED" ? { stoppedReason } : {};
      return {
        tasks: [{ taskArn: TASK, taskDefinitionArn: OWN_REVISION, lastStatus, containers: [container], ...stopped }],
      };
    },
    GetLogEvents: (input): Answer =>
      input["nextToken"] === undefined
        ? { events: [{ message: "4 migrations\n" }], nextForwardToken: "f/1" }
        : { events: [], nextForwardToken: "f/1" },
    DeregisterTaskDefinition: { taskDefinition: {} },
    ...changes,
  };
}

const signal = new AbortController().signal;
let aws: ScriptedAws;
afterEach(() => aws.stop());

it("runs the migration alone, in the service's network, with the image that was deployed last", async () => {
  aws = await ScriptedAws.start(account({ exitCode: 0 }));
  const { context, printed, questions } = contextOf(aws);
  expect(await migrate(context, { signal })).toBe(true);
  const [registered] = aws.inputs("RegisterTaskDefinition");
  expect(registered).toMatchObject({
    family: "crm-dev-migration",
    cpu: "256",
    networkMode: "awsvpc",
    containerDefinitions: [{ ...migration, essential: true }],
    tags: [{ key: "Environment", value: "dev" }],
  });
  expect(registered!["containerDefinitions"]).toHaveLength(1);
  expect(aws.inputs("RunTask")).toEqual([
    expect.objectContaining({
      cluster: "crm-dev",
      taskDefinition: OWN_REVISION,
      count: 1,
      launchType: "FARGATE",
      networkConfiguration: NETWORK,
      platformVersion: "1.4.0",
    }),
  ]);
  expect(questions).toEqual(["Run the migration?"]);
  expect(printed).toEqual([
    "Migrate crm-dev (account 123456789012, ap-northeast-1) alone, as a task of its own",
    `  image    ${IMAGE}`,
    "  command  node migrate.js",
    "  The service, its tasks and its connections stay as they are.",
    "  00:00  task m1: provisioning",
    "  4 migrations",
    "  00:02  task m1: running",
    "  00:04  task m1: stopped",
    `crm-dev: the database has every migration of ${IMAGE}.`,
  ]);
});

it("leaves no task definition behind, and none in the service's family", async () => {
  aws = await ScriptedAws.start(account({ exitCode: 0 }));
  await migrate(contextOf(aws).context, { signal });
  expect(aws.inputs("DeregisterTaskDefinition")).toEqual([{ taskDefinition: OWN_REVISION }]);
  expect(aws.inputs("UpdateService")).toEqual([]);
});

it("runs the migrations of another image by its digest", async () => {
  aws = await ScriptedAws.start(
    account({ exitCode: 0 }, { DescribeImages: { imageDetails: [{ imageDigest: digestOf("b") }] } }),
  );
  await migrate(contextOf(aws).context, { image: "abc123", signal });
  const [{ containerDefinitions }] = aws.inputs("RegisterTaskDefinition") as [{ containerDefinitions: object[] }];
  expect(containerDefinitions).toEqual([expect.objectContaining({ image: `${REPOSITORY}@${digestOf("b")}` })]);
});

it("runs the image of the service where a pipeline deploys", async () => {
  aws = await ScriptedAws.start(account({ exitCode: 0 }));
  await migrate(contextOf(aws, { imageParameter: undefined }).context, { signal });
  expect(aws.inputs("GetParameter")).toEqual([]);
  expect(aws.inputs("RegisterTaskDefinition")[0]).toMatchObject({ containerDefinitions: [{ image: IMAGE }] });
});

it("changes nothing when a person says no", async () => {
  aws = await ScriptedAws.start(account({ exitCode: 0 }));
  expect(await migrate(contextOf(aws, {}, false).context, { signal })).toBe(false);
  expect(aws.inputs("RegisterTaskDefinition")).toEqual([]);
});

it("says that another one runs, and that they wait for each other", async () => {
  aws = await ScriptedAws.start(account({ exitCode: 0 }, { ListTasks: { taskArns: [TASK] } }));
  const { context, printed } = contextOf(aws, {}, false);
  await migrate(context, { signal });
  expect(printed.join("\n")).toContain("Another migration runs (task m1). Only one at a time changes the database");
  expect(aws.inputs("ListTasks")).toEqual([
    { cluster: "crm-dev", family: "crm-dev-migration", desiredStatus: "RUNNING" },
  ]);
});

it.each<[string, End, string]>([
  [
    "it fails",
    { exitCode: 1 },
    "crm-dev: expected the migration to end with exit code 0, got 1. Its transaction was rolled back; its log is above. Correct it, and run it again.\n  ECS: Essential container in task exited",
  ],
  ["it refuses a setting", { exitCode: 78 }, "got 78 (it refuses a setting, which its log names)."],
  [
    "its secret does not exist",
    {
      stoppedReason:
        "ResourceInitializationError: unable to pull secrets or registry auth: ResourceNotFoundException: Secrets Manager can't find the specified secret.",
    },
    "crm-dev: expected the migration to run, but it never started. A secret or parameter of the task does not exist.",
  ],
  [
    "the image is for another architecture",
    {
      stoppedReason:
        "CannotPullContainerError: image Manifest does not contain descriptor matching platform 'linux/arm64'",
    },
    "but it never started. The image is for another architecture than the task. Build it for the task's architecture",
  ],
])("fails when %s, and cleans up", async (_, end, message) => {
  aws = await ScriptedAws.start(account(end));
  await expect(migrate(contextOf(aws).context, { signal })).rejects.toThrow(message);
  expect(aws.inputs("DeregisterTaskDefinition")).toHaveLength(1);
});

it.each<[string, Script, string]>([
  [
    "ECS does not start it",
    { RunTask: { tasks: [], failures: [{ reason: "RESOURCE:FARGATE", detail: "You've reached the limit on vCPUs" }] } },
    "crm-dev: expected ECS to start the migration, but it did not: RESOURCE:FARGATE: You've reached the limit on vCPUs.",
  ],
  [
    "the service has no migration",
    { DescribeTaskDefinition: { taskDefinition: { containerDefinitions: [{ name: "app", image: IMAGE }] } } },
    "crm-dev: expected a container that the application waits for (dependsOn, SUCCESS), got app. This service has no migration.",
  ],
  [
    "nothing is deployed",
    { DescribeServices: new AwsFault("ClusterNotFoundException", "") },
    "found none: nothing is deployed there. Run `make deploy`.",
  ],
])("is refused when %s", async (_, changes, message) => {
  aws = await ScriptedAws.start(account({ exitCode: 0 }, changes));
  await expect(migrate(contextOf(aws).context, { signal })).rejects.toThrow(message);
});

it("says that it may not start a task, also when it may not deregister the definition either", async () => {
  const denied = new AwsFault("AccessDeniedException", "not authorized to perform: iam:PassRole");
  aws = await ScriptedAws.start(account({ exitCode: 0 }, { RunTask: denied, DeregisterTaskDefinition: denied }));
  const { context, printed } = contextOf(aws);
  await expect(migrate(context, { signal })).rejects.toThrow("iam:PassRole");
  expect(printed.at(-1)).toContain(`${OWN_REVISION} stays: AWS: not allowed.`);
});

it("leaves the task alone at Ctrl-C, and says how to follow it", async () => {
  const stop = new AbortController();
  aws = await ScriptedAws.start(
    account(
      {},
      {
        GetLogEvents: (): Answer => {
          stop.abort();
          return { events: [] };
        },
      },
    ),
  );
  await expect(migrate(contextOf(aws).context, { signal: stop.signal })).rejects.toThrow(
    'interrupted: the migration goes on, as task m1. Its log: make logs ENV=crm-dev ARGS="--container migration --follow". Its end: aws ecs wait tasks-stopped --cluster crm-dev --tasks m1',
  );
  expect(aws.inputs("StopTask")).toEqual([]);
});

it("waits out a lost connection", async () => {
  let lost = 0;
  const script = account({ exitCode: 0 });
  const describeTasks = script["DescribeTasks"] as () => Answer;
  aws = await ScriptedAws.start({
    ...script,
    DescribeTasks: () => {
      lost += 1;
      return lost <= 3 ? new AwsFault("TimeoutError", "ETIMEDOUT", 400) : describeTasks();
    },
  });
  const { context, printed } = contextOf(aws);
  expect(await migrate(context, { signal })).toBe(true);
  expect(printed).toContain("AWS cannot be reached; the migration goes on. Trying again.");
});

it("turns the first Ctrl-C into a signal, and leaves the second to the process", async () => {
  const before = process.listenerCount("SIGINT");
  const seen = await untilInterrupted(async (given) => {
    process.emit("SIGINT");
    expect(process.listenerCount("SIGINT")).toBe(before);
    return Promise.resolve(given.aborted);
  });
  expect(seen).toBe(true);
  expect(process.listenerCount("SIGINT")).toBe(before);
});
