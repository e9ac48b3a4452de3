import { DOCTOR_CHECKS } from "../../../tools/doctor/doctor-checks";
import { REPOSITORY, revisionArn, useCredentials } from "../deploy/fixtures";
import { AwsFault, type Script } from "../deploy/scripted-aws";
import {
  alarm,
  alarms,
  certificate,
  type Groups,
  GROUPS,
  nowSec,
  routeTables,
  service,
  targetHealth,
  taskDefinition,
  vpcEndpoints,
} from "./healthy";
import { CERTIFICATE } from "./stack";
import { xml } from "./xml";
import { groups } from "./breakages/breakage";
import { rolledBack, stopped, stoppedTask } from "./breakages/failed-deployment";
import { DATA } from "./breakages/data";
import { SIGNALS } from "./breakages/signals";
import { SITE } from "./breakages/site";
import { TASKS } from "./breakages/tasks";
import { diagnosed, statesOf } from "./diagnosis";

useCredentials();

it("finds nothing in a healthy environment, and leaves no check out", async () => {
  const diagnosis = await diagnosed({});
  expect(diagnosis.findings).toEqual([]);
  expect(statesOf(diagnosis)).toEqual(Object.fromEntries(DOCTOR_CHECKS.map(({ name }) => [name, "healthy"])));
});

const BROKEN = [...TASKS, ...SITE, ...DATA, ...SIGNALS];

it.each(BROKEN)("finds %s, and nothing else", async (_, check, changes, what) => {
  const { findings } = await diagnosed(changes);
  expect(findings.map((finding) => finding.check)).toEqual([check]);
  const [finding] = findings;
  expect(finding!.what).toMatch(what);
  for (const text of [finding!.evidence, finding!.impact, finding!.remedy]) expect(text.length).toBeGreaterThan(10);
});

it("breaks what each check is about", () => {
  const broken = new Set(BROKEN.map(([, check]) => check));
  expect(DOCTOR_CHECKS.map(({ name }) => name).filter((name) => !broken.has(name))).toEqual([]);
});

it("names the variable of a container that refuses its configuration", async () => {
  const { findings } = await diagnosed({ answers: { ...stopped, DescribeServices: service(rolledBack) } });
  expect(findings[0]!.evidence).toContain("deployment failed: tasks failed to start.");
  expect(findings[0]!.evidence).toContain("The container app refuses its configuration (exit code 78).");
  expect(findings[0]!.evidence).toContain("ALLOWED_ORIGINS: expected origins, got nothing.");
});

it("says once what is wrong with several targets, and that nobody reaches the site", async () => {
  const DescribeTargetHealth = targetHealth([
    ["unhealthy", "Target.Timeout"],
    ["unhealthy", "Target.Timeout"],
  ]);
  const { findings } = await diagnosed({ answers: { DescribeTargetHealth } });
  expect(findings.map(({ what, impact }) => [what, impact])).toEqual([
    [
      expect.stringMatching(/^2 targets of crm-dev-app not healthy: no answer/),
      "Nobody reaches the site: the load balancer has no healthy target.",
    ],
  ]);
  expect(findings[0]!.evidence).toContain("10.0.0.2:3000 unhealthy, Target.Timeout, AWS's own words");
});

it("has the words of an alarm's description for what users notice", async () => {
  const on = { StateValue: "ALARM", AlarmDescription: "Nobody reaches the site." };
  const DescribeAlarms = alarms(alarm("crm-dev-high-cpu"), alarm("crm-dev-no-target", on));
  const { findings } = await diagnosed({ answers: { DescribeAlarms } });
  expect(findings.map(({ impact }) => impact)).toEqual(["Nobody reaches the site."]);
});

it("finds nothing about a failed deployment once somebody has deployed again, however soon", async () => {
  const deployedAgain = {
    ...rolledBack,
    events: [
      { id: "e2", createdAt: nowSec - 110, message: "(service messenger-crm-dev) has reached a steady state." },
      {
        id: "e1",
        createdAt: nowSec - 150,
        message: "(deployment ecs-svc/3) deployment failed: tasks failed to start.",
      },
    ],
  };
  const { findings } = await diagnosed({ answers: { ...stopped, DescribeServices: service(deployedAgain) } });
  expect(findings).toEqual([]);
});

it("forgets a failed deployment once a later one has succeeded", async () => {
  const events = [{ id: "e1", createdAt: nowSec - 7_200, message: "(deployment ecs-svc/3) deployment failed: x" }];
  const later = { ...rolledBack, events };
  expect((await diagnosed({ answers: { DescribeServices: service(later) } })).findings).toEqual([]);
});

it.each([
  ["is of another revision", { taskDefinitionArn: revisionArn(1) }],
  ["the scheduler stopped", { stopCode: "ServiceSchedulerInitiated", containers: [{ name: "app", exitCode: 143 }] }],
  ["Spot took back", { stopCode: "SpotInterruption" }],
  ["a person stopped", { stopCode: "UserInitiated" }],
])("says nothing of a stopped task that %s", async (_, fields) => {
  const tasks = [{ ...stoppedTask, taskDefinitionArn: revisionArn(2), ...fields }];
  expect((await diagnosed({ answers: { ...stopped, DescribeTasks: { tasks } } })).findings).toEqual([]);
});

it("waits for a deployment that is in progress", async () => {
  const deployments = [
    { status: "PRIMARY", taskDefinition: revisionArn(2), rolloutState: "IN_PROGRESS", createdAt: nowSec - 60 },
  ];
  const answers = { DescribeServices: service({ runningCount: 1, deployments }) };
  expect((await diagnosed({ answers })).findings).toEqual([]);
});

it.each<[string, Groups]>([
  ["a block that holds the subnet", { "sg-db": { ingress: [{ ports: [5432, 5432], blocks: ["10.0.0.0/16"] }] } }],
  ["a range of ports", { "sg-db": { ingress: [{ ports: [5000, 6000], groups: ["sg-task"] }] } }],
  ["all protocols", { "sg-db": { ingress: [{ protocol: "-1", groups: ["sg-task"] }] } }],
  [
    "a prefix list in front of the load balancer",
    { "sg-alb": { ...GROUPS["sg-alb"], ingress: [{ ports: [443, 443], prefixLists: ["pl-cloudfront"] }] } },
  ],
])("takes a path by %s for open", async (_, changes) => {
  expect((await diagnosed({ answers: groups(changes) })).findings).toEqual([]);
});

it("takes endpoints of everything that a start needs for a way out", async () => {
  const names = ["ecr.api", "ecr.dkr", "s3", "logs", "secretsmanager"];
  const answers = { DescribeRouteTables: routeTables(undefined), DescribeVpcEndpoints: vpcEndpoints(names) };
  expect((await diagnosed({ answers })).findings).toEqual([]);
});

it("takes a listener's further certificate for the one that visitors see", async () => {
  const answers: Script = {
    DescribeListenerCertificates: xml({
      Certificates: { member: [{ CertificateArn: CERTIFICATE }, { CertificateArn: `${CERTIFICATE}2` }] },
    }),
    DescribeCertificate: ({ CertificateArn }) =>
      certificate({
        DomainName: "",
        SubjectAlternativeNames: [CertificateArn === CERTIFICATE ? "example.com" : "*.example.com"],
      }),
  };
  expect((await diagnosed({ answers })).findings).toEqual([]);
});

it("counts tasks on Spot against the quota of Spot, but for the base", async () => {
  const capacityProviderStrategy = [
    { capacityProvider: "FARGATE", base: 1, weight: 0 },
    { capacityProvider: "FARGATE_SPOT", weight: 1 },
  ];
  const answers: Script = {
    DescribeServices: service({ capacityProviderStrategy }),
    GetServiceQuota: ({ QuotaCode }) =>
      QuotaCode === "L-3032A538" ? new AwsFault("NoSuchResourceException", "never changed") : { Quota: { Value: 4 } },
    GetAWSDefaultServiceQuota: { Quota: { Value: 6 } },
  };
  const { findings } = await diagnosed({ answers });
  expect(findings.map(({ what, evidence }) => [what, evidence])).toEqual([
    [
      "A deployment at 10 tasks needs 4.75 vCPUs, but the account may run 4.",
      "Fargate Spot vCPUs (L-36FBB829): 4; 10 tasks at 200 %",
    ],
  ]);
});

it("has no verdict on what a service without load balancer and data stores does not have", async () => {
  const definition = taskDefinition() as { taskDefinition: Record<string, unknown> };
  const [app] = definition.taskDefinition["containerDefinitions"] as Record<string, unknown>[];
  const containerDefinitions = [{ ...app, environment: [], secrets: [] }];
  const diagnosis = await diagnosed({
    answers: {
      DescribeServices: service({ loadBalancers: [] }),
      DescribeTaskDefinition: { taskDefinition: { ...definition.taskDefinition, containerDefinitions } },
    },
  });
  expect(diagnosis.findings).toEqual([]);
  const none = Object.entries(statesOf(diagnosis)).filter(([, state]) => state === "does not apply");
  expect(none.map(([check]) => check)).toEqual([
    ...["targets", "security-groups", "dns", "certificate", "origins", "stickiness", "idle-timeout"],
    ...["adapter", "cache", "database", "secrets"],
  ]);
});

it("leaves the image to a pipeline where one deploys", async () => {
  const diagnosis = await diagnosed({ target: { imageParameter: undefined } });
  expect(diagnosis.findings).toEqual([]);
  expect(statesOf(diagnosis)["image-drift"]).toBe("does not apply");
});

it("says of an image outside the repository that it is not the remembered one", async () => {
  const { taskDefinition: definition } = taskDefinition() as { taskDefinition: Record<string, unknown> };
  const [app] = definition["containerDefinitions"] as Record<string, unknown>[];
  const containerDefinitions = [{ ...app, image: `${REPOSITORY}:latest` }];
  const answers = { DescribeTaskDefinition: { taskDefinition: { ...definition, containerDefinitions } } };
  const { findings } = await diagnosed({ answers });
  expect(findings.map(({ evidence }) => evidence)).toEqual([expect.stringContaining(`runs ${REPOSITORY}:latest`)]);
});
