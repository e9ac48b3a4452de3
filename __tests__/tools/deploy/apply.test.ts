import { applyWithProgress } from "../../../tools/deploy/terraform/apply-with-progress";
import { TerraformError } from "../../../tools/terraform/errors";
import { contextOf, deployment, revisionArn, snapshot, useCredentials } from "./fixtures";
import { type Script, ScriptedAws } from "./scripted-aws";

useCredentials();

const before = snapshot([deployment(1)]);
const failing = (error: Error) => ({ apply: () => Promise.reject(error) });
const rolledBack = new TerraformError("crm-dev: terraform apply failed\n\nError: Resource postcondition failed");

/** The service after ECS returned from revision 2 to revision 1. */
const returned: Script = {
  DescribeServices: {
    services: [
      {
        status: "ACTIVE",
        desiredCount: 2,
        runningCount: 2,
        taskDefinition: revisionArn(1),
        deployments: [
          {
            id: "ecs-svc/3",
            status: "PRIMARY",
            taskDefinition: revisionArn(1),
            desiredCount: 2,
            runningCount: 2,
            rolloutState: "COMPLETED",
          },
        ],
        events: [
          {
            id: "e1",
            createdAt: 1_764_482_460,
            message: "(service crm-dev) (deployment ecs-svc/2) deployment failed: tasks failed to start.",
          },
        ],
      },
    ],
  },
  ListTaskDefinitions: { taskDefinitionArns: [2, 1].map(revisionArn) },
  ListTasks: { taskArns: ["t"] },
  DescribeTasks: {
    tasks: [
      {
        taskArn: "arn:aws:ecs:ap-northeast-1:123456789012:task/crm-dev/t2",
        taskDefinitionArn: revisionArn(2),
        stopCode: "TaskFailedToStart",
        stoppedReason:
          "CannotPullContainerError: image Manifest does not contain descriptor matching platform 'linux/arm64'",
      },
    ],
  },
  DeregisterTaskDefinition: { taskDefinition: {} },
};

let aws: ScriptedAws;
afterEach(() => aws.stop());

it("says why ECS rolled back and what runs, and deregisters the revision that failed", async () => {
  aws = await ScriptedAws.start(returned);
  await expect(applyWithProgress(contextOf(aws).context, failing(rolledBack), before)).rejects.toThrow(
    [
      "crm-dev: expected revision 2 to become steady, but the deployment failed: (deployment ecs-svc/2) deployment failed: tasks failed to start.",
      "Revision 1 runs. The failed revision is deregistered, and the next plan keeps the image that runs.",
      "",
      "The image is for another architecture than the task. Build it for the task's architecture: `make image` does.",
      "  ECS: CannotPullContainerError: image Manifest does not contain descriptor matching platform 'linux/arm64'",
      "",
      rolledBack.message,
    ].join("\n"),
  );
  expect(aws.inputs("DeregisterTaskDefinition")).toEqual([{ taskDefinition: revisionArn(2) }]);
});

it("does not take the template that it registers for a pipeline for a failed deployment", async () => {
  const running = (returned["DescribeServices"] as { readonly services: readonly object[] }).services[0];
  aws = await ScriptedAws.start({ ...returned, DescribeServices: { services: [{ ...running, events: [] }] } });
  const { context } = contextOf(aws, { imageParameter: undefined });
  const refused = new TerraformError("crm-dev: terraform apply failed\n\nError: creating an alarm");
  await expect(applyWithProgress(context, failing(refused), before)).rejects.toBe(refused);
});

it("leaves the revisions of a pipeline alone", async () => {
  aws = await ScriptedAws.start(returned);
  const { context } = contextOf(aws, { imageParameter: undefined });
  await expect(applyWithProgress(context, failing(rolledBack), before)).rejects.toThrow("Revision 1 runs. ");
  expect(aws.inputs("DeregisterTaskDefinition")).toEqual([]);
});

it("passes on an error that came before any deployment", async () => {
  aws = await ScriptedAws.start({ ...returned, ListTaskDefinitions: { taskDefinitionArns: [revisionArn(1)] } });
  await expect(applyWithProgress(contextOf(aws).context, failing(rolledBack), before)).rejects.toBe(rolledBack);
  expect(aws.inputs("DeregisterTaskDefinition")).toEqual([]);
});

it("passes on a bug without asking AWS about it", async () => {
  aws = await ScriptedAws.start(returned);
  const bug = new TypeError("a bug");
  await expect(applyWithProgress(contextOf(aws).context, failing(bug), before)).rejects.toBe(bug);
  expect(aws.inputs("ListTaskDefinitions")).toEqual([]);
});

it("prints what happens to the service while Terraform applies", async () => {
  aws = await ScriptedAws.start(returned);
  const { context, printed } = contextOf(aws);
  const apply = () => new Promise<void>((done) => setTimeout(done, 200));
  await applyWithProgress(context, { apply }, undefined);
  expect(printed).toEqual([
    "  00:00  event: (deployment ecs-svc/2) deployment failed: tasks failed to start.",
    "  00:00  revision 1: 2 of 2 running",
  ]);
});
