import { Account } from "../../../tools/doctor/account/account";
import { doctorClients } from "../../../tools/doctor/clients";
import { DeclaredStack } from "../../../tools/doctor/stack/declared";
import { InterruptedError } from "../../../tools/verify-aws/errors";
import { Interruption } from "../../../tools/verify-aws/interruption";
import { type Environment, type Item, type Outcome } from "../../../tools/verify-aws/items/item";
import { ITEMS } from "../../../tools/verify-aws/items/items";
import { runItems } from "../../../tools/verify-aws/items/run-items";
import { contextOf, useCredentials } from "../deploy/fixtures";
import { type Answer, AwsFault, type Script, ScriptedAws } from "../deploy/scripted-aws";
import { xml } from "../doctor/xml";

useCredentials();

const STACK = {
  resource: {
    aws_cloudwatch_metric_alarm: {
      cpu: { alarm_name: "crm-dev-high-cpu" },
      adapter: { alarm_name: "crm-dev-adapter-disconnected" },
    },
  },
};

interface Given {
  readonly script?: Script;
  readonly changes?: { readonly add: number; readonly change: number; readonly remove: number };
}

/** Runs the check of one item of docs/real-aws.md against AWS's wire protocols. */
async function outcomeOf(title: string, { script = {}, changes }: Given): Promise<Outcome> {
  const aws = await ScriptedAws.start(script);
  try {
    const { context } = contextOf(aws);
    const account = new Account({
      target: context.target,
      stack: new DeclaredStack(STACK),
      aws: doctorClients({ region: "ap-northeast-1", endpoint: aws.endpoint }),
      names: { addresses: () => Promise.resolve([]) },
      now: () => 0,
    });
    const plan = () =>
      Promise.resolve({ exitCode: changes === undefined ? (0 as const) : (2 as const), changes: changes ?? NOTHING });
    const environment: Environment = { context, account, terraform: () => Promise.resolve({ plan }) };
    const items = ITEMS.filter((item) => item.title === title);
    const options = { onResult: () => undefined, interrupted: new Interruption().first };
    return (await runItems(environment, items, options))[0]!.outcome;
  } finally {
    await aws.stop();
  }
}

const NOTHING = { add: 0, change: 0, remove: 0 };
const refused = new AwsFault("AccessDeniedException", "not authorized");

const task = (fields: Readonly<Record<string, unknown>>) => ({
  tasks: [{ taskArn: "arn:aws:ecs:r:1:task/c/1", ...fields }],
});
const TASKS = { ListTasks: { taskArns: ["arn:aws:ecs:r:1:task/c/1"] } };
const pulledAfter = (seconds: number): Script => ({
  ...TASKS,
  DescribeTasks: task({ createdAt: 1_000, pullStoppedAt: 1_000 + seconds }),
});
const quotas = (...names: readonly string[]): Script => ({
  ListServiceQuotas: {
    Quotas: ["L-3032A538", "L-36FBB829"].map((QuotaCode, index) => ({ QuotaCode, QuotaName: names[index] })),
  },
});
const logGroup = (kmsKeyId?: string): Script => ({
  DescribeLogGroups: { logGroups: [{ logGroupName: "/ecs/crm-dev", ...(kmsKeyId ? { kmsKeyId } : {}) }] },
});
const flowLog = (fields: Record<string, string>): Script => ({
  DescribeFlowLogs: xml({ flowLogSet: { item: [{ flowLogId: "fl-1", ...fields }] } }),
});
const adapter = (StateValue: string, lines: readonly string[] = []): Script => ({
  FilterLogEvents: { events: lines.map((message) => ({ message })) },
  DescribeAlarms: { MetricAlarms: [{ AlarmName: "crm-dev-adapter-disconnected", StateValue }] },
});
const history = (...summaries: readonly string[]): Script => ({
  SetAlarmState: {},
  DescribeAlarmHistory: { AlarmHistoryItems: summaries.map((HistorySummary) => ({ HistorySummary })) },
});
const migrated = (fields: Readonly<Record<string, unknown>>): Script => ({
  DescribeServices: { services: [{ status: "ACTIVE", taskDefinition: "crm-dev:1", deployments: [] }] },
  DescribeTaskDefinition: {
    taskDefinition: {
      family: "crm-dev",
      containerDefinitions: [
        { name: "migration", image: "crm:1", essential: false },
        { name: "app", image: "crm:1", dependsOn: [{ containerName: "migration", condition: "SUCCESS" }] },
      ],
    },
  },
  GetParameter: { Parameter: { Value: "0.1.0" } },
  RegisterTaskDefinition: { taskDefinition: { taskDefinitionArn: "crm-dev-migration:1" } },
  RunTask: { tasks: [{ taskArn: "arn:aws:ecs:r:1:task/c/1" }] },
  DeregisterTaskDefinition: {},
  ListTasks: ({ desiredStatus }): Answer => ({
    taskArns: desiredStatus === "STOPPED" ? ["arn:aws:ecs:r:1:task/c/1"] : [],
  }),
  DescribeTasks: task({ lastStatus: "STOPPED", ...fields }),
});

const ACCESS_STRINGS = "ElastiCache's rewriting of access strings";
const TOKEN = "IAM authentication of the cache";
const TOPIC = "Encrypted alarms to an encrypted topic";
const DEREGISTERED = "A task of a deregistered definition";

const CASES: readonly (readonly [item: string, state: Outcome["state"], text: string, given: Given])[] = [
  [ACCESS_STRINGS, "holds", "changes nothing", {}],
  [ACCESS_STRINGS, "differs", "change 1", { changes: { ...NOTHING, change: 1 } }],
  ["Time to place a task", "holds", "after 40 s", { script: pulledAfter(40) }],
  ["Time to place a task", "differs", "after 95 s, expected at most 60 s", { script: pulledAfter(95) }],
  ["Time to place a task", "not checked", "no task says", { script: { ListTasks: { taskArns: [] } } }],
  [
    "Quotas of Fargate",
    "holds",
    "L-3032A538: Fargate On-Demand",
    { script: quotas("Fargate On-Demand", "Fargate Spot") },
  ],
  ["Quotas of Fargate", "differs", "L-36FBB829: Other", { script: quotas("Fargate On-Demand", "Other") }],
  ["Quotas of Fargate", "not checked", "servicequotas:ListServiceQuotas", { script: { ListServiceQuotas: refused } }],
  ["Key policy for log groups", "holds", "arn:key", { script: logGroup("arn:key") }],
  ["Key policy for log groups", "not checked", "has no key", { script: logGroup() }],
  ["Flow logs' permissions", "holds", "fl-1: SUCCESS", { script: flowLog({ deliverLogsStatus: "SUCCESS" }) }],
  [
    "Flow logs' permissions",
    "differs",
    "Access error",
    { script: flowLog({ deliverLogsStatus: "FAILED", deliverLogsErrorMessage: "Access error" }) },
  ],
  ["Flow logs' permissions", "not checked", "not delivered anything", { script: flowLog({}) }],
  [TOKEN, "holds", "adapter-disconnected is OK", { script: adapter("OK") }],
  [TOKEN, "differs", "is ALARM", { script: adapter("ALARM") }],
  [TOKEN, "not checked", "INSUFFICIENT_DATA", { script: adapter("INSUFFICIENT_DATA") }],
  [TOKEN, "differs", "WRONGPASS invalid", { script: adapter("OK", ["WRONGPASS invalid"]) }],
  [TOPIC, "holds", "Successfully executed", { script: history("Successfully executed action arn:aws:sns:1") }],
  [TOPIC, "differs", "Failed to execute", { script: history("Failed to execute action arn:aws:sns:1, KMS") }],
  [TOPIC, "not checked", "no action within 120 s", { script: history() }],
  [DEREGISTERED, "holds", "exit code 0", { script: migrated({ containers: [{ exitCode: 0 }] }) }],
  [DEREGISTERED, "differs", "definition is gone", { script: migrated({ stoppedReason: "definition is gone" }) }],
  ["Versions of a secret that Terraform wrote", "not checked", "no generated NEXTAUTH_SECRET", {}],
];

it.each(CASES)("%s: %s, %s", async (title, state, text, given) => {
  const outcome = await outcomeOf(title, given);
  expect(outcome.state).toBe(state);
  expect(outcome.state === "not checked" ? outcome.why : outcome.evidence).toContain(text);
});

describe("one check among others", () => {
  const environment = {} as Environment;
  const holding: Item = { title: "a", check: () => Promise.resolve({ state: "holds", evidence: "seen" }) };
  const failing = (error: Error): Item => ({ title: "b", check: () => Promise.reject(error) });

  it("does not end the others when it fails", async () => {
    const seen: string[] = [];
    const onResult = ({ title, outcome }: { title: string; outcome: Outcome }) =>
      seen.push(`${title} ${outcome.state}`);
    const options = { onResult, interrupted: new Interruption().first };
    await runItems(environment, [failing(new Error("no")), holding, { title: "c", byHand: "why" }], options);
    expect(seen).toEqual(["b not checked", "a holds"]);
  });

  it("ends them after Ctrl-C", async () => {
    const interruption = new Interruption();
    const options = { onResult: () => undefined, interrupted: interruption.first };
    await expect(runItems(environment, [failing(new InterruptedError()), holding], options)).rejects.toThrow(
      InterruptedError,
    );
    interruption.interrupt();
    await expect(runItems(environment, [holding], options)).rejects.toThrow(InterruptedError);
  });
});
