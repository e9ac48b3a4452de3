import { DOCTOR_CHECKS } from "../../../tools/doctor/doctor-checks";
import { useCredentials, digestOf, REPOSITORY, revisionArn } from "../deploy/fixtures";
import { AwsFault, type Script } from "../deploy/scripted-aws";
import { type Case, diagnosed, statesOf } from "./diagnosis";
import {
  alarm,
  alarms,
  balancerAttributes,
  CACHE,
  certificate,
  database,
  type Groups,
  GROUPS,
  listeners,
  nowSec,
  replicationGroup,
  routeTables,
  secret,
  securityGroups,
  service,
  subscriptions,
  targetGroupAttributes,
  targetHealth,
  taskDefinition,
  vpcEndpoints,
} from "./healthy";
import { CERTIFICATE } from "./stack";
import { xml } from "./xml";

useCredentials();

it("finds nothing in a healthy environment, and leaves no check out", async () => {
  const diagnosis = await diagnosed({});
  expect(diagnosis.findings).toEqual([]);
  expect(statesOf(diagnosis)).toEqual(Object.fromEntries(DOCTOR_CHECKS.map(({ name }) => [name, "healthy"])));
});

const groups = (changes: Groups): Script => ({ DescribeSecurityGroups: securityGroups({ ...GROUPS, ...changes }) });
const environment = (variables: Readonly<Record<string, string>>): Script => ({
  DescribeTaskDefinition: taskDefinition(variables),
});
const notFound = (code = "ResourceNotFoundException") => new AwsFault(code, "It does not exist.");

const stoppedTask = {
  taskArn: "arn:aws:ecs:ap-northeast-1:123456789012:task/crm-dev/t3",
  taskDefinitionArn: revisionArn(3),
  stopCode: "EssentialContainerExited",
  stoppedReason: "Essential container in task exited",
  stoppedAt: nowSec - 60,
  containers: [{ name: "app", exitCode: 78 }],
};
const stopped: Script = {
  ListTasks: { taskArns: ["t3"] },
  DescribeTasks: { tasks: [stoppedTask] },
  GetLogEvents: { events: [{ message: "ALLOWED_ORIGINS: expected origins, got nothing." }] },
};
const rolledBack = {
  deployments: [
    {
      id: "ecs-svc/4",
      status: "PRIMARY",
      taskDefinition: revisionArn(2),
      rolloutState: "COMPLETED",
      createdAt: nowSec - 100,
    },
  ],
  events: [
    { id: "e1", createdAt: nowSec - 101, message: "(deployment ecs-svc/3) deployment failed: tasks failed to start." },
  ],
};

type Row = readonly [breakage: string, check: string, changes: Case, what: RegExp];

const BROKEN: readonly Row[] = [
  [
    "a deployment that ECS rolled back",
    "deployment",
    { answers: { ...stopped, DescribeServices: service(rolledBack) } },
    /^The last deployment failed; revision 2 runs, with 2 of 2 tasks\./,
  ],
  [
    "a deployment that ECS gave up",
    "deployment",
    {
      answers: {
        ...stopped,
        DescribeServices: service({
          deployments: [
            {
              status: "PRIMARY",
              taskDefinition: revisionArn(2),
              rolloutState: "FAILED",
              rolloutStateReason: "tasks failed to start.",
            },
          ],
        }),
      },
    },
    /^The last deployment failed/,
  ],
  [
    "a task that does not come back",
    "deployment",
    { answers: { ...stopped, DescribeServices: service({ runningCount: 1 }) } },
    /^1 of 2 tasks run, and no deployment is in progress/,
  ],
  [
    "a deployment that does not end",
    "deployment",
    {
      answers: {
        ...stopped,
        DescribeServices: service({
          runningCount: 1,
          deployments: [
            {
              status: "PRIMARY",
              taskDefinition: revisionArn(2),
              rolloutState: "IN_PROGRESS",
              createdAt: nowSec - 3_600,
            },
          ],
        }),
      },
    },
    /^1 of 2 tasks run, and the deployment has been in progress for 60 minutes/,
  ],
  [
    "tasks that ended by themselves",
    "deployment",
    { answers: { ...stopped, DescribeTasks: { tasks: [{ ...stoppedTask, taskDefinitionArn: revisionArn(2) }] } } },
    /^Tasks of revision 2 ended by themselves within the last hour/,
  ],
  [
    "a target that hangs",
    "targets",
    { answers: { DescribeTargetHealth: targetHealth([["healthy"], ["unhealthy", "Target.Timeout"]]) } },
    /^1 target of crm-dev-app not healthy: no answer to the health check in time/,
  ],
  [
    "a target that answers 503",
    "targets",
    { answers: { DescribeTargetHealth: targetHealth([["healthy"], ["unhealthy", "Target.ResponseCodeMismatch"]]) } },
    /another status than the health check expects\.$/,
  ],
  [
    "a task that is not registered",
    "targets",
    { answers: { DescribeTargetHealth: targetHealth([["healthy"]]) } },
    /^1 of 2 tasks are not registered in crm-dev-app/,
  ],
  [
    "no rule into the load balancer",
    "security-groups",
    { answers: groups({ "sg-alb": { ...GROUPS["sg-alb"], ingress: [{ ports: [80, 80], blocks: ["0.0.0.0/0"] }] } }) },
    /^No rule admits anybody to port 443 of the load balancer crm-dev-alb/,
  ],
  [
    "no rule from the load balancer into the tasks",
    "security-groups",
    {
      answers: groups({ "sg-task": { ...GROUPS["sg-task"], ingress: [{ ports: [3001, 3001], groups: ["sg-alb"] }] } }),
    },
    /^No ingress rule of the tasks admits TCP 3000 from the load balancer/,
  ],
  [
    "no rule out of the load balancer",
    "security-groups",
    {
      answers: groups({
        "sg-alb": { ...GROUPS["sg-alb"], egress: [{ ports: [3000, 3000], blocks: ["10.9.0.0/16"] }] },
      }),
    },
    /^No egress rule of the load balancer admits TCP 3000 to the tasks/,
  ],
  [
    "no rule into the database",
    "security-groups",
    { answers: groups({ "sg-db": { ingress: [{ ports: [5432, 5432], groups: ["sg-other"] }] } }) },
    /^No ingress rule of the database admits TCP 5432 from the tasks/,
  ],
  [
    "UDP instead of TCP into the cache",
    "security-groups",
    { answers: groups({ "sg-cache": { ingress: [{ protocol: "udp", ports: [6379, 6379], groups: ["sg-task"] }] } }) },
    /^No ingress rule of the cache admits TCP 6379 from the tasks/,
  ],
  [
    "a record that leads elsewhere",
    "dns",
    { addresses: (host) => Promise.resolve(host === "crm.example.com" ? ["198.51.100.1"] : ["203.0.113.11"]) },
    /^The domain crm\.example\.com leads somewhere else than to crm-dev-alb-1/,
  ],
  [
    "no record",
    "dns",
    { addresses: (host) => Promise.resolve(host === "crm.example.com" ? [] : ["203.0.113.11"]) },
    /^The domain crm\.example\.com has no address/,
  ],
  [
    "a certificate that waits for its validation",
    "certificate",
    { answers: { DescribeCertificate: certificate({ Status: "PENDING_VALIDATION" }) } },
    /^The certificate is not issued: pending validation/,
  ],
  [
    "a certificate of another domain",
    "certificate",
    {
      answers: {
        DescribeCertificate: certificate({ DomainName: "example.com", SubjectAlternativeNames: ["*.www.example.com"] }),
      },
    },
    /^The certificate is not valid for crm\.example\.com/,
  ],
  [
    "a certificate that expires soon",
    "certificate",
    { answers: { DescribeCertificate: certificate({ NotAfter: nowSec + 10 * 86_400 }) } },
    /^The certificate expires on 2026-12-10, in 10 days/,
  ],
  [
    "a certificate that was deleted",
    "certificate",
    { answers: { DescribeCertificate: notFound() } },
    /^The certificate of the site does not exist/,
  ],
  [
    "HTTPS without a certificate",
    "certificate",
    { answers: { DescribeListeners: listeners([]) } },
    /^No listener has a certificate/,
  ],
  [
    "an origin that is not the site's",
    "origins",
    { answers: environment({ ALLOWED_ORIGINS: "https://www.crm.example.com, http://crm.example.com" }) },
    /^The tasks refuse pages of the site itself, https:\/\/crm\.example\.com/,
  ],
  [
    "a socket at another host",
    "origins",
    { answers: environment({ NEXT_PUBLIC_SOCKET_URL: "wss://old.example.com" }) },
    /^The page opens its socket at wss:\/\/old\.example\.com/,
  ],
  [
    "stickiness that is off",
    "stickiness",
    { answers: { DescribeTargetGroupAttributes: targetGroupAttributes("false") } },
    /^The target group crm-dev-app spreads the requests of one client/,
  ],
  [
    "an idle timeout below the heartbeat",
    "idle-timeout",
    { answers: { DescribeLoadBalancerAttributes: balancerAttributes(30) } },
    /^The load balancer may close an idle socket before its heartbeat: after 30 s/,
  ],
  [
    "an idle timeout above the application's keep-alive",
    "idle-timeout",
    { answers: { DescribeLoadBalancerAttributes: balancerAttributes(300) } },
    /^The application closes idle connections \(75 s\) before the load balancer does \(300 s\)/,
  ],
  ["no adapter", "adapter", { answers: environment({ SOCKET_ADAPTER: "in-memory" }) }, /^2 tasks run without a Redis/],
  [
    "an adapter without connection",
    "adapter",
    { answers: { GetMetricStatistics: { Datapoints: [{ Timestamp: nowSec - 60, Minimum: 0 }] } } },
    /^A task reports that its adapter is not connected/,
  ],
  [
    "a plain adapter on a cache in cluster mode",
    "adapter",
    { answers: { DescribeReplicationGroups: replicationGroup({ cluster: true }) } },
    /^The plain Redis adapter runs on a cache in cluster mode/,
  ],
  [
    "a cache that is being created again",
    "cache",
    { answers: { DescribeReplicationGroups: replicationGroup({ status: "creating" }) } },
    /^The cache crm-dev-cache is creating/,
  ],
  [
    "a URL without TLS",
    "cache",
    { answers: environment({ REDIS_URL: `redis://app@${CACHE}:6379` }) },
    /^The cache accepts TLS only/,
  ],
  [
    "a cache without encryption",
    "cache",
    { answers: { DescribeReplicationGroups: replicationGroup({ tls: false }) } },
    /^The cache crm-dev-cache does not encrypt connections/,
  ],
  [
    "a cache at another address",
    "cache",
    { answers: { DescribeReplicationGroups: replicationGroup({ host: "new.cache.amazonaws.com" }) } },
    /^No cache of this account and region has the address master\.crm-dev-cache/,
  ],
  [
    "a database whose disk is full",
    "database",
    { answers: { DescribeDBInstances: database("storage-full") } },
    /^The database crm-dev-db is storage-full/,
  ],
  [
    "a database at another address",
    "database",
    { answers: { DescribeDBInstances: database("available", "new.rds.amazonaws.com") } },
    /^No database of this account and region has the address/,
  ],
  [
    "a secret that is being deleted",
    "secrets",
    { answers: { DescribeSecret: ofSecret("oidc", secret({ DeletedDate: nowSec - 86_400 })) } },
    /^The secret of OIDC_CLIENT_SECRET was deleted on 2026-11-29/,
  ],
  [
    "a secret without a value",
    "secrets",
    { answers: { DescribeSecret: ofSecret("oidc", secret({ VersionIdsToStages: {} })) } },
    /^The secret of OIDC_CLIENT_SECRET has no current version/,
  ],
  [
    "a secret that is gone",
    "secrets",
    { answers: { DescribeSecret: ofSecret("nextauth", notFound()) } },
    /^The secret of NEXTAUTH_SECRET does not exist/,
  ],
  [
    "no route to the internet",
    "way-out",
    { answers: { DescribeRouteTables: routeTables(undefined) } },
    /^The subnet subnet-task has no route to the internet/,
  ],
  [
    "a NAT gateway that is gone",
    "way-out",
    { answers: { DescribeRouteTables: routeTables({ natGatewayId: "nat-1", state: "blackhole" }) } },
    /^The route of the subnet subnet-task to the internet ends at something that is gone/,
  ],
  [
    "an internet gateway without public addresses",
    "way-out",
    { answers: { DescribeRouteTables: routeTables({ gatewayId: "igw-1", state: "active" }) } },
    /^Tasks in the subnet subnet-task have no public address/,
  ],
  [
    "a log group that is gone",
    "log-group",
    { answers: { DescribeLogGroups: { logGroups: [{ logGroupName: "/ecs/crm-dev-old" }] } } },
    /^The log group \/ecs\/crm-dev does not exist/,
  ],
  [
    "a pattern with brackets",
    "metric-filter",
    {
      answers: {
        DescribeMetricFilters: {
          metricFilters: [{ filterName: "WebSocketConnections", filterPattern: "[WebSocket] Client disconnected" }],
        },
      },
    },
    /^The metric filter WebSocketConnections does not match the line that the application writes/,
  ],
  [
    "a pattern that is too wide",
    "metric-filter",
    {
      answers: {
        DescribeMetricFilters: {
          metricFilters: [{ filterName: "WebSocketConnections", filterPattern: '"Client connected"' }],
        },
      },
    },
    /^The metric filter WebSocketConnections also counts other lines/,
  ],
  [
    "a metric filter that is gone",
    "metric-filter",
    { answers: { DescribeMetricFilters: { metricFilters: [] } } },
    /^The metric filter WebSocketConnections does not exist/,
  ],
  [
    "an alarm that is gone",
    "alarms",
    { answers: { DescribeAlarms: alarms(alarm("crm-dev-high-cpu")) } },
    /^1 alarm of the stack does not exist/,
  ],
  [
    "an alarm with its actions off",
    "alarms",
    {
      answers: {
        DescribeAlarms: alarms(alarm("crm-dev-high-cpu", { ActionsEnabled: false }), alarm("crm-dev-no-target")),
      },
    },
    /^1 alarm would tell nobody/,
  ],
  [
    "an alarm without data",
    "alarms",
    {
      answers: {
        DescribeAlarms: alarms(
          alarm("crm-dev-high-cpu", { StateValue: "INSUFFICIENT_DATA" }),
          alarm("crm-dev-no-target"),
        ),
      },
    },
    /^1 alarm has had no data for more than a day/,
  ],
  [
    "an alarm that is on",
    "alarms",
    {
      answers: {
        DescribeAlarms: alarms(
          alarm("crm-dev-high-cpu"),
          alarm("crm-dev-no-target", { StateValue: "ALARM", StateUpdatedTimestamp: nowSec - 7_200 }),
        ),
      },
    },
    /^The alarm crm-dev-no-target is on, for 2 h/,
  ],
  [
    "a subscription that nobody confirmed",
    "topics",
    { answers: { ListSubscriptionsByTopic: subscriptions(["oncall@example.com", "PendingConfirmation"]) } },
    /^oncall@example\.com has not confirmed/,
  ],
  [
    "a subscription that somebody cancelled",
    "topics",
    { answers: { ListSubscriptionsByTopic: "" } },
    /^oncall@example\.com is not subscribed to crm-dev-alarms/,
  ],
  [
    "a topic that is gone",
    "topics",
    { answers: { ListSubscriptionsByTopic: notFound("NotFound") } },
    /^The topic crm-dev-alarms does not exist/,
  ],
  [
    "a circuit breaker that is off",
    "circuit-breaker",
    {
      answers: {
        DescribeServices: service({ deploymentConfiguration: { deploymentCircuitBreaker: { enable: false } } }),
      },
    },
    /^The circuit breaker is off/,
  ],
  [
    "a circuit breaker that does not roll back",
    "circuit-breaker",
    {
      answers: {
        DescribeServices: service({
          deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: false } },
        }),
      },
    },
    /^The circuit breaker stops a failed deployment but does not return/,
  ],
  [
    "an image that Terraform does not know of",
    "image-drift",
    { answers: { GetParameter: { Parameter: { Value: `0.1.0@${digestOf("9")}` } } } },
    /^Terraform remembers another image/,
  ],
  [
    "a revision that failed and is still active",
    "image-drift",
    { answers: { ListTaskDefinitions: { taskDefinitionArns: [revisionArn(3), revisionArn(2)] } } },
    /^Revision 2 runs, but revision 3 is active, too/,
  ],
  [
    "a quota that is too low",
    "quotas",
    { answers: { GetServiceQuota: { Quota: { Value: 4 } } } },
    /^A deployment at 10 tasks needs 5 vCPUs, but the account may run 4/,
  ],
];

function ofSecret(name: string, answer: Readonly<Record<string, unknown>> | AwsFault): Script[string] {
  return ({ SecretId }) => (String(SecretId).includes(`/${name}-`) ? answer : secret());
}

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
