import { renderStatus } from "../../../tools/deploy/commands/render-status";
import { readStatus } from "../../../tools/deploy/commands/status";
import { contextOf, digestOf, REPOSITORY, revisionArn, useCredentials } from "./fixtures";
import { AwsFault, type Script, ScriptedAws } from "./scripted-aws";

useCredentials();

const IMAGE = `${REPOSITORY}@${digestOf("a")}`;
const running = {
  id: "ecs-svc/2",
  status: "PRIMARY",
  taskDefinition: revisionArn(2),
  desiredCount: 2,
  runningCount: 2,
  rolloutState: "COMPLETED",
  createdAt: 1_764_482_400,
};
const service = {
  status: "ACTIVE",
  desiredCount: 2,
  runningCount: 2,
  taskDefinition: revisionArn(2),
  loadBalancers: [{ targetGroupArn: "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:targetgroup/app/1" }],
  deployments: [running],
  events: [{ id: "e1", createdAt: 1_764_482_460, message: "(service crm-dev) has reached a steady state." }],
};
const TARGETS = `<TargetHealthDescriptions>
  <member><Target><Id>10.0.0.1</Id><Port>3000</Port></Target><TargetHealth><State>healthy</State></TargetHealth></member>
  <member><Target><Id>10.0.0.2</Id><Port>3000</Port></Target><TargetHealth><State>unhealthy</State><Description>Health checks failed with these codes: [503]</Description></TargetHealth></member>
</TargetHealthDescriptions>`;

const steady: Script = {
  DescribeServices: { services: [service] },
  DescribeTargetHealth: TARGETS,
  DescribeTaskDefinition: {
    taskDefinition: { containerDefinitions: [{ name: "app", image: IMAGE, portMappings: [{ containerPort: 3000 }] }] },
  },
  ListTasks: { taskArns: ["t"] },
  DescribeTasks: {
    tasks: [
      {
        taskArn: "arn:aws:ecs:ap-northeast-1:123456789012:task/crm-dev/t1",
        taskDefinitionArn: revisionArn(1),
        containers: [{ name: "app", exitCode: 78 }],
      },
    ],
  },
  GetParameter: { Parameter: { Value: `0.1.0@${digestOf("a")}` } },
  ListTaskDefinitions: { taskDefinitionArns: [revisionArn(2), revisionArn(1)] },
};

let aws: ScriptedAws;
afterEach(() => aws.stop());

async function shown(changes: Script = {}, target = {}): Promise<string> {
  aws = await ScriptedAws.start({ ...steady, ...changes });
  return renderStatus(await readStatus(contextOf(aws, target).context));
}

it("shows what runs, why tasks stopped, and that the next plan keeps it", async () => {
  expect(await shown()).toBe(
    [
      "crm-dev (account 123456789012, ap-northeast-1): steady",
      `  image      ${IMAGE}`,
      "  revision   2",
      "  tasks      2 running, 0 starting, 2 wanted",
      "  terraform  the next plan keeps this image",
      "",
      "target         state      why",
      "─────────────  ─────────  ────────────────────────────────────────────",
      "10.0.0.1:3000  healthy",
      "10.0.0.2:3000  unhealthy  Health checks failed with these codes: [503]",
      "",
      "Stopped tasks (kept for about an hour)",
      "  t1  revision 1  The container app refuses its configuration (exit code 78).",
      "",
      "Events",
      "  2025-11-30T06:01:00.000Z  has reached a steady state.",
    ].join("\n"),
  );
});

it.each<[string, Script, object, string]>([
  [
    "another image is remembered",
    { GetParameter: { Parameter: { Value: "0.1.0" } } },
    {},
    `the next plan would run ${REPOSITORY}:0.1.0: \`make deploy IMAGE=${IMAGE}\` keeps what runs`,
  ],
  [
    "nothing is remembered",
    { GetParameter: new AwsFault("ParameterNotFound", "") },
    {},
    `the next plan would run ${REPOSITORY}:0.1.0`,
  ],
  [
    "a newer revision is active",
    { ListTaskDefinitions: { taskDefinitionArns: [revisionArn(3), revisionArn(2)] } },
    {},
    "a newer revision is active, which the next plan replaces",
  ],
  ["a pipeline deploys", {}, { imageParameter: undefined }, "leaves the image to a pipeline"],
])("says so when %s", async (_, changes, target, text) => {
  expect(await shown(changes, target)).toContain(`terraform  ${text}`);
});

it("lists the deployments while one is in progress", async () => {
  const next = {
    ...running,
    id: "ecs-svc/3",
    taskDefinition: revisionArn(3),
    runningCount: 0,
    rolloutState: "IN_PROGRESS",
  };
  const old = { ...running, status: "ACTIVE" };
  const text = await shown({ DescribeServices: { services: [{ ...service, deployments: [next, old] }] } });
  expect(text).toContain("crm-dev (account 123456789012, ap-northeast-1): a deployment is in progress");
  expect(text).toContain("       3  in progress   0 of 2         0       0  2025-11-30T06:00:00.000Z");
  expect(text).toContain("       2  completed     2 of 2         0       0  2025-11-30T06:00:00.000Z");
});
