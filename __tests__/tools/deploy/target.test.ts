import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contract } from "../../../app/contract";
import { dev } from "../../../environments/dev";
import { prod } from "../../../environments/prod";
import { readTarget } from "../../../tools/deploy/target/read-target";
import { drainBudgetSec, type TaskSecret } from "../../../tools/deploy/target/target";
import { ec2Environment } from "../../helpers/ec2-environment";
import { patternEnvironment } from "../../helpers/pattern-environment";
import { synthesizedEnvironment } from "../../helpers/synthesized-environment";

let out: string;

function write(stack: string, text: string): void {
  mkdirSync(join(out, "stacks", stack), { recursive: true });
  writeFileSync(join(out, "stacks", stack, "cdk.tf.json"), text);
}

beforeAll(() => {
  out = mkdtempSync(join(tmpdir(), "target-"));
  write("messenger-crm-dev", synthesizedEnvironment(dev).text);
  write("messenger-crm-prod", synthesizedEnvironment(prod).text);
  write("messenger-crm-piped", synthesizedEnvironment({ ...dev, deployedBy: "pipeline" }).text);
  write("messenger-crm-apprunner", synthesizedEnvironment(patternEnvironment("app-runner")).text);
  write("messenger-crm-registry", "{}");
  write("other-dev2", "{}");
  write("more-dev2", "{}");
});
afterAll(() => rmSync(out, { recursive: true, force: true }));

it("refuses instances of EC2, and says how they are deployed", () => {
  const folder = mkdtempSync(join(tmpdir(), "instances-"));
  mkdirSync(join(folder, "stacks/messenger-crm-instances"), { recursive: true });
  const file = join(folder, "stacks/messenger-crm-instances/cdk.tf.json");
  writeFileSync(file, synthesizedEnvironment(ec2Environment()).text);
  expect(() => readTarget(folder, "instances")).toThrow(
    /expected a service on ECS, got instances of EC2, .* terraform apply .* instance refresh/,
  );
  rmSync(folder, { recursive: true });
});

it("reads everything about a deployed service from its stack", () => {
  const target = readTarget(out, "prod");
  expect(target).toEqual({
    stack: "messenger-crm-prod",
    folder: join(out, "stacks/messenger-crm-prod"),
    accountId: "123456789012",
    region: "ap-northeast-1",
    regions: ["ap-northeast-1"],
    tags: { Application: "messenger-crm", Environment: "prod", ManagedBy: "terraform" },
    clusterName: "messenger-crm-prod",
    serviceName: "messenger-crm-prod",
    family: "messenger-crm-prod",
    logGroupName: "/ecs/messenger-crm-prod",
    containers: ["migration", "app"],
    secrets: [
      { variable: "DATABASE_MASTER_CREDENTIALS", kind: "managed", secretId: undefined, length: undefined },
      generated("NEXTAUTH_SECRET", 48),
      generated("NEXT_SERVER_ACTIONS_ENCRYPTION_KEY", 32),
      generated("SOCKET_TICKET_SECRET", 48),
      generated("VISITOR_TOKEN_SECRET", 48),
    ],
    architecture: "ARM64",
    repositoryUrl: "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/messenger-crm",
    release: "0.1.0",
    imageParameter: {
      name: "/messenger-crm-prod/deployed/image",
      description: expect.stringContaining("last deployment that succeeded") as string,
      allowedPattern: expect.stringContaining("sha256") as string,
    },
    deregistrationDelaySec: 30,
    stopTimeoutSec: contract.container.drain.shutdownSec + 10,
    scaling: { min: 2, max: 20 },
    deployTimeoutSec: 1800,
  });
  expect(drainBudgetSec(target)).toBe(30 + contract.container.drain.shutdownSec + 10);
});

function generated(variable: string, length: number): TaskSecret {
  const name = variable.toLowerCase().replaceAll("_", "-");
  return { variable, kind: "generated", secretId: `messenger-crm-prod/${name}`, length };
}

it("accepts the name of the stack, too", () => {
  expect(readTarget(out, "messenger-crm-dev")).toEqual(readTarget(out, "dev"));
});

it("has no parameter where a pipeline deploys, and still the release", () => {
  expect(readTarget(out, "piped")).toMatchObject({ imageParameter: undefined, release: "0.1.0" });
});

it.each([
  ["staging", "environment: expected one of the stacks in OUT (ALL), got staging."],
  ["dev2", "got dev2, which is the end of more-dev2 and other-dev2."],
  [
    "apprunner",
    "messenger-crm-apprunner: expected a service on ECS, got one on App Runner, which has no tasks, no migration of its own and no revisions to return to. Deploy with terraform apply in its folder, which waits until App Runner has replaced the instance; see what happened with `aws apprunner list-operations`, read the log with `aws logs tail` and the output log_group_name, and return by applying the former image.",
  ],
  [
    "registry",
    "messenger-crm-registry: expected one aws_ecs_service in the stack, got none. These commands operate a service on ECS; deploy any other stack with terraform apply in its folder.",
  ],
])("refuses %s", (name, message) => {
  const all =
    "messenger-crm-registry, messenger-crm-apprunner, messenger-crm-dev, messenger-crm-piped, messenger-crm-prod, more-dev2, other-dev2";
  expect(() => readTarget(out, name)).toThrow(message.replace("OUT", out).replace("ALL", all));
});
