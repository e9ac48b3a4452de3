import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dev } from "../../../environments/dev";
import { operate } from "../../../tools/deploy/operate";
import { synthesizedEnvironment } from "../../helpers/synthesized-environment";
import { useCredentials } from "./fixtures";
import { AwsFault, ScriptedAws } from "./scripted-aws";

useCredentials();

let folder: string;
let aws: ScriptedAws;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "terraform-faults-"));
  mkdirSync(join(folder, "stacks/messenger-crm-dev"), { recursive: true });
  writeFileSync(join(folder, "stacks/messenger-crm-dev/cdk.tf.json"), synthesizedEnvironment(dev).text);
  aws = await ScriptedAws.start({ DescribeServices: new AwsFault("ClusterNotFoundException", "") });
});
afterAll(async () => {
  await aws.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Installs a stand-in of Terraform, one of whose commands fails with these words. */
function terraformThatFails(command: "init" | "plan", summary: string, detail: string): void {
  const path = join(folder, "terraform");
  const diagnostic = JSON.stringify({ type: "diagnostic", diagnostic: { severity: "error", summary, detail } });
  const failure =
    command === "plan" ? `printf '%s\\n' '${diagnostic}'` : `printf 'Error: ${summary}\\n\\n${detail}\\n' >&2`;
  writeFileSync(
    path,
    `#!/bin/sh
echo "$1" >> ${folder}/calls
case "$1" in
  version) echo '{"terraform_version":"1.11.4"}' ;;
  ${command}) ${failure}; exit 1 ;;
esac
`,
  );
  chmodSync(path, 0o755);
  process.env["TERRAFORM_BIN"] = path;
}

/** What Terraform 1.11 prints. */
const FAULTS = [
  [
    "the disk is full while it plans",
    [
      "plan",
      "Failed to write plan file",
      "The plan file could not be written: write plan.tfplan: no space left on device.",
    ],
    "disk: expected room for Terraform's files, but it is full. Free some and repeat the command.",
  ],
  [
    "the state's bucket is missing",
    ["init", "Failed to get existing workspaces", 'S3 bucket "messenger-crm-terraform-state" does not exist.'],
    "state: expected the S3 bucket messenger-crm-terraform-state of the environment, but it does not exist. `make bootstrap` creates it; or correct state.bucket.",
  ],
  [
    "somebody else has the state's lock",
    [
      "plan",
      "Error acquiring the state lock",
      "Lock Info:\n  ID:        a1b2\n  Who:       alice@laptop\n  Operation: OperationTypeApply\n  Created:   2026-11-30 06:00:00 UTC",
    ],
    "state: expected it to be free, but alice@laptop has it locked since 2026-11-30 06:00:00 UTC (apply).",
  ],
  [
    "the credentials expire while it plans",
    [
      "plan",
      "Retrieving AWS account details",
      "api error ExpiredToken: The security token included in the request is expired",
    ],
    "AWS credentials: expected valid ones, but they have expired. Sign in again (`aws sso login`) and repeat the command.",
  ],
] as const;

describe.each([
  ["deploy", ["--yes"]],
  ["destroy", ["--delete-data", "--confirm", "messenger-crm-dev"]],
] as const)("%s says in words that", (command, options) => {
  it.each(FAULTS)("%s, and changes nothing", async (_, [where, summary, detail], words) => {
    rmSync(join(folder, "calls"), { force: true });
    terraformThatFails(where, summary, detail);
    const args = [command, "dev", "--no-synth", "--out", folder, "--endpoint", aws.endpoint, ...options];
    const error = await operate(args, () => undefined).catch((thrown: unknown) => thrown as Error);
    expect((error as Error).message.startsWith(words)).toBe(true);
    expect(aws.calls.map(({ operation }) => operation)).not.toContain("UpdateService");
  });
});
