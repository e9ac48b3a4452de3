import { inWords } from "../../../tools/deploy/terraform/in-words";
import { resourceLine } from "../../../tools/deploy/terraform/resource-line";
import { TerraformError } from "../../../tools/terraform/errors";

const failure = (text: string) =>
  inWords("out/stacks/crm-dev", () => Promise.reject(new TerraformError(`crm-dev: terraform plan failed\n\n${text}`)));

/** What Terraform 1.11 prints for S3's lock file. */
const LOCKED = `Error: Error acquiring the state lock

Error message: operation error S3: PutObject, https response error StatusCode: 412, PreconditionFailed
Lock Info:
  ID:        8b1a9953-c461-1296-a827-abf8c47804d7
  Path:      messenger-crm-terraform-state/messenger-crm-prod/terraform.tfstate
  Operation: OperationTypePlan
  Who:       alice@laptop
  Version:   1.11.4
  Created:   2026-11-30 06:00:00.123 +0000 UTC
  Info:`;

it.each([
  [
    "a lock",
    LOCKED,
    "state: expected it to be free, but alice@laptop has it locked since 2026-11-30 06:00:00.123 +0000 UTC (plan). Wait until that has ended, and repeat the command. If it has died: terraform -chdir=out/stacks/crm-dev force-unlock 8b1a9953-c461-1296-a827-abf8c47804d7",
  ],
  [
    "expired credentials",
    "Error: Retrieving AWS account details: validating provider credentials: ExpiredToken: The security token included in the request is expired",
    "AWS credentials: expected valid ones, but they have expired.",
  ],
  [
    "no credentials",
    "Error: No valid credential sources found",
    "AWS credentials: expected some, but Terraform found none.",
  ],
  [
    "a missing bucket",
    'Error: Failed to get existing workspaces: S3 bucket "crm-state" does not exist.',
    "state: expected the S3 bucket crm-state of the environment, but it does not exist.",
  ],
  [
    "a full disk",
    "Error: Failed to write plan file: write plan.tfplan: no space left on device",
    "disk: expected room for Terraform's files, but it is full.",
  ],
  ["a stale plan", "Error: Saved plan is stale", "plan: expected the state that it was made from"],
  ["an interruption", "Error: execution halted", "interrupted: Terraform ended what it was doing, wrote the state"],
])("puts %s into words, and keeps Terraform's own below", async (_, text, words) => {
  const error = (await failure(text).catch((caught: unknown) => caught)) as Error;
  expect(error.message.startsWith(words)).toBe(true);
  expect(error.message).toContain(`\n\ncrm-dev: terraform plan failed\n\n${text}`);
});

it("leaves other failures as they are", async () => {
  await expect(failure("Error: Invalid value")).rejects.toThrow(
    "crm-dev: terraform plan failed\n\nError: Invalid value",
  );
  await expect(inWords("x", () => Promise.reject(new TypeError("a bug")))).rejects.toThrow(TypeError);
  await expect(inWords("x", () => Promise.resolve(3))).resolves.toBe(3);
});

describe("a line about a resource", () => {
  const event = (
    type: "apply_complete" | "apply_errored" | "apply_progress" | "apply_start",
    addr: string,
    seconds = 0,
  ) => ({ type, hook: { resource: { addr }, elapsed_seconds: seconds } }) as const;

  it.each([
    [event("apply_complete", "aws_lb.alb", 60), "aws_lb.alb: done (60 s)"],
    [event("apply_errored", "aws_lb.alb"), "aws_lb.alb: FAILED"],
    [event("apply_progress", "aws_lb.alb", 30), "aws_lb.alb: still at it (30 s)"],
    [event("apply_progress", "aws_lb.alb", 40), undefined],
    [event("apply_progress", "aws_ecs_service.app", 60), undefined],
    [event("apply_start", "aws_lb.alb"), undefined],
    [event("apply_complete", "data.aws_ssm_parameters_by_path.deployed"), undefined],
  ])("for %j is %s", (given, line) => {
    expect(resourceLine(given)).toBe(line);
  });
});
