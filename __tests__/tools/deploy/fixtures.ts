import { awsClients } from "../../../tools/aws/clients";
import { type Context } from "../../../tools/deploy/context";
import { type DeploymentSnapshot, type ServiceSnapshot } from "../../../tools/deploy/service/snapshot";
import { type Target } from "../../../tools/deploy/target/target";
import { type ScriptedAws } from "./scripted-aws";

export const REPOSITORY = "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/crm";

export const target: Target = {
  stack: "crm-dev",
  folder: "/nowhere",
  accountId: "123456789012",
  region: "ap-northeast-1",
  regions: ["ap-northeast-1"],
  tags: { Application: "crm", Environment: "dev" },
  clusterName: "crm-dev",
  serviceName: "crm-dev",
  family: "crm-dev",
  logGroupName: "/ecs/crm-dev",
  containers: ["migration", "app"],
  secrets: [],
  architecture: "ARM64",
  repositoryUrl: REPOSITORY,
  release: "0.1.0",
  imageParameter: { name: "/crm-dev/deployed/image", description: "Image.", allowedPattern: "^.*$" },
  deregistrationDelaySec: 30,
  stopTimeoutSec: 70,
  scaling: undefined,
  deployTimeoutSec: 600,
};

export const digestOf = (digit: string) => `sha256:${digit.repeat(64)}`;
export const revisionArn = (number: number) =>
  `arn:aws:ecs:ap-northeast-1:123456789012:task-definition/crm-dev:${number}`;

export function deployment(revision: number, fields: Partial<DeploymentSnapshot> = {}): DeploymentSnapshot {
  return {
    id: `ecs-svc/${revision}`,
    isPrimary: true,
    taskDefinition: revisionArn(revision),
    desired: 2,
    running: 2,
    pending: 0,
    failed: 0,
    rollout: "COMPLETED",
    reason: "",
    startedAt: new Date("2026-11-30T00:00:00Z"),
    ...fields,
  };
}

export function snapshot(
  deployments: readonly DeploymentSnapshot[],
  fields: Partial<ServiceSnapshot> = {},
): ServiceSnapshot {
  const sum = (count: (one: DeploymentSnapshot) => number) => deployments.reduce((total, one) => total + count(one), 0);
  return {
    status: "ACTIVE",
    desired: 2,
    running: sum(({ running }) => running),
    pending: sum(({ pending }) => pending),
    taskDefinition: deployments[0]?.taskDefinition ?? "",
    deployments,
    events: [],
    targets: [],
    ...fields,
  };
}

export interface TestContext {
  readonly context: Context;
  readonly printed: string[];
  readonly questions: string[];
}

/** A context whose time passes only when it is waited for. */
export function contextOf(
  aws: Pick<ScriptedAws, "endpoint">,
  changes: Partial<Target> = {},
  answer = true,
): TestContext {
  const printed: string[] = [];
  const questions: string[] = [];
  let now = Date.parse("2026-11-30T06:00:00Z");
  const context: Context = {
    target: { ...target, ...changes },
    aws: awsClients({ region: "ap-northeast-1", endpoint: aws.endpoint }),
    clock: {
      now: () => now,
      sleep: (ms) => {
        now += ms;
        return Promise.resolve();
      },
    },
    print: (line) => printed.push(line),
    confirm: (question) => {
      questions.push(question);
      return Promise.resolve(answer);
    },
  };
  return { context, printed, questions };
}

/** Gives the clients of a test credentials, as the environment of a user would. */
export function useCredentials(): void {
  const before = { ...process.env };
  beforeAll(() => {
    process.env["AWS_ACCESS_KEY_ID"] = "testing";
    process.env["AWS_SECRET_ACCESS_KEY"] = "testing";
    process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
  });
  afterAll(() => {
    process.env = before;
  });
}
