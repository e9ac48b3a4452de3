import { spawnSync } from "node:child_process";
import { type Job, scriptsOf, type Step, type Workflow } from "./workflow";

/** `uses: owner/name@40 hexadecimal digits # v1.2.3` */
const PINNED = /^\s*(?:- )?uses: ([\w.-]+\/[\w./-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$/;

/** Returns the lines that use an action of somebody else without its full commit and version. */
export function unpinned(text: string): string[] {
  const lines = text.split("\n").filter((line) => /^\s*(- )?uses:/.test(line));
  return lines.filter((line) => !PINNED.test(line) && !/uses: \.\//.test(line)).map((line) => line.trim());
}

/** Returns `action@commit version` for every pinned action. */
export function pins(text: string): string[] {
  return text.split("\n").flatMap((line) => {
    const [, action, commit, version] = PINNED.exec(line) ?? [];
    return action === undefined ? [] : [`${action}@${commit} ${version}`];
  });
}

/** What each action needs of the token; an action without an entry may need nothing. */
const NEEDS: Readonly<Record<string, string>> = {
  "actions/checkout": "contents: read",
  "aws-actions/configure-aws-credentials": "id-token: write",
};

/** What each of our steps needs of the token. */
const TARGET_NEEDS: Readonly<Record<string, string>> = {
  "make ci-comment": "pull-requests: write",
  "make ci-issue": "issues: write",
};

/** Returns the permissions that a job's steps need, as `scope: access`. */
export function neededPermissions({ steps = [] }: Job): string[] {
  const needed = steps.flatMap(({ uses = "", run = "" }) => {
    const action = NEEDS[uses.split("@")[0]!];
    const ours = Object.entries(TARGET_NEEDS).flatMap(([start, need]) => (run.startsWith(start) ? [need] : []));
    return action === undefined ? ours : [action, ...ours];
  });
  return [...new Set(needed)].sort();
}

export function permissionsOf({ permissions = {} }: Job): string[] {
  return Object.entries(permissions)
    .map(([scope, access]) => `${scope}: ${access}`)
    .sort();
}

/** Whether a job gets credentials of AWS. */
export function hasCredentials({ steps = [] }: Job): boolean {
  return steps.some(({ uses }) => uses?.startsWith("aws-actions/configure-aws-credentials@"));
}

/** Whether a job may write to the repository, to issues or to pull requests. */
export function mayWrite({ permissions = {} }: Job): boolean {
  return Object.entries(permissions).some(([scope, access]) => access === "write" && scope !== "id-token");
}

/** Returns the scripts with an expression: its value would become part of the script. */
export function expressionsInScripts(job: Job): string[] {
  return scriptsOf(job).filter((script) => script.includes("${{"));
}

/** Returns the scripts that bash cannot parse, with what it says. */
export function syntaxErrors(scripts: readonly string[]): string[] {
  return scripts.flatMap((script) => {
    const { status, stderr } = spawnSync("bash", ["-n"], { input: script, encoding: "utf8" });
    return status === 0 ? [] : [`${script}: ${stderr}`];
  });
}

/** Returns the checkouts that leave the token behind in the work folder. */
export function persistedTokens({ steps = [] }: Job): Step[] {
  return steps.filter(
    ({ uses, with: inputs }) =>
      uses?.startsWith("actions/checkout@") && String(inputs?.["persist-credentials"]) !== "false",
  );
}

/** Whether a workflow runs code of a pull request with the rights of the base branch. */
export function runsForeignCode({ on, jobs }: Workflow): boolean {
  const privileged = "pull_request_target" in on || "workflow_run" in on;
  return (
    privileged &&
    Object.values(jobs).some(({ steps = [] }) => steps.some(({ uses }) => uses?.startsWith("actions/checkout")))
  );
}
