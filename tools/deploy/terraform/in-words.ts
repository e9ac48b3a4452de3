import { TerraformError } from "../../terraform/errors";
import { DeployError } from "../errors";

interface Words {
  readonly pattern: RegExp;
  readonly text: (text: string, folder: string) => string;
}

/** The lock's holder, as Terraform prints it. Source: Terraform, `internal/states/statemgr/locker.go`. */
function lockedBy(text: string, folder: string): string {
  const field = (name: string) => new RegExp(`^\\s*${name}:\\s*(.+)$`, "m").exec(text)?.[1]?.trim() ?? "unknown";
  const operation = field("Operation")
    .replace(/^OperationType/, "")
    .toLowerCase();
  return `state: expected it to be free, but ${field("Who")} has it locked since ${field("Created")} (${operation}). Wait until that has ended, and repeat the command. If it has died: terraform -chdir=${folder} force-unlock ${field("ID")}`;
}

const WORDS: readonly Words[] = [
  { pattern: /Error acquiring the state lock/, text: lockedBy },
  {
    pattern: /ExpiredToken|token (has|included in the request is) expired|SSO session .*expired/i,
    text: () =>
      "AWS credentials: expected valid ones, but they have expired. Sign in again (`aws sso login`) and repeat the command.",
  },
  {
    pattern: /No valid credential sources found|failed to refresh cached credentials/i,
    text: () =>
      "AWS credentials: expected some, but Terraform found none. Sign in (`aws sso login`) or set AWS_PROFILE, and repeat the command.",
  },
  {
    pattern: /NoSuchBucket|S3 bucket .* does not exist/i,
    text: (text) => {
      const bucket = /S3 bucket "([^"]+)"/.exec(text)?.[1];
      return `state: expected the S3 bucket${bucket === undefined ? "" : ` ${bucket}`} of the environment, but it does not exist. \`make bootstrap\` creates it; or correct state.bucket.`;
    },
  },
  {
    pattern: /no space left on device/i,
    text: () => "disk: expected room for Terraform's files, but it is full. Free some and repeat the command.",
  },
  {
    pattern: /Saved plan is stale/i,
    text: () => "plan: expected the state that it was made from, but another apply has changed it. Plan again.",
  },
  {
    pattern: /execution halted|context canceled|operation was cancel/i,
    text: () =>
      "interrupted: Terraform ended what it was doing, wrote the state and released its lock. A deployment that had begun goes on in ECS: see `make status`. Repeat the command to finish, or `make rollback`.",
  },
  {
    pattern: /ecs rolled it back/i,
    text: () => "the deployment failed and ECS rolled it back.",
  },
];

/** Runs Terraform, and puts the failures that people can do something about in front of Terraform's own words. */
export async function inWords<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof TerraformError)) throw error;
    const found = WORDS.find(({ pattern }) => pattern.test(error.message));
    throw found ? new DeployError(`${found.text(error.message, folder)}\n\n${error.message}`, { cause: error }) : error;
  }
}
