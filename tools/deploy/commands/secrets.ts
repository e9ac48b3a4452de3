import { awsErrorInWords } from "../../aws/errors";
import { UserError } from "../../command-line/user-error";
import { terminalTable } from "../../render/table";
import { type Context } from "../context";
import { DeployError } from "../errors";
import { findSecret, type StoredSecret } from "../secrets/find-secret";
import { planRotation, type RotationKind, type Step } from "../secrets/rotation";
import { type Phase, readState, type SecretState, writeValues } from "../secrets/store";
import { redeploy } from "../service/redeploy";
import { type TaskSecret } from "../target/target";

/** A secret of the tasks, without its value. */
export type SecretRow = Pick<TaskSecret, "variable" | "kind" | "secretId"> & {
  readonly state: "present" | "rotating" | "empty" | "missing" | "elsewhere";
  readonly phase: Phase | undefined;
  readonly changedAt: Date | undefined;
};

/** Lists the secrets of the tasks, never their values. */
export async function listSecrets({ aws, target }: Context): Promise<SecretRow[]> {
  const rows = target.secrets.map(async ({ variable, kind, secretId }): Promise<SecretRow> => {
    const state = secretId === undefined ? undefined : await readState(aws.secrets, secretId);
    const base = { variable, kind, secretId, phase: state?.phase, changedAt: state?.changedAt };
    if (secretId === undefined) return { ...base, state: "elsewhere" };
    if (state === undefined) return { ...base, state: "missing" };
    if (state.phase === undefined) return { ...base, state: "empty" };
    return { ...base, state: state.phase === "settled" ? "present" : "rotating" };
  });
  return Promise.all(rows);
}

const STATES: Readonly<Record<SecretRow["state"], (row: SecretRow) => string>> = {
  present: () => "one value",
  rotating: ({ phase }) =>
    phase === "signing" ? "rotated; the old value is accepted until --finish" : "rotation interrupted: run it again",
  empty: () => "NO VALUE: a task cannot start; set it",
  missing: () => "MISSING: a task cannot start; `make deploy` creates it",
  elsewhere: ({ kind }) => (kind === "managed" ? "managed and rotated by RDS" : "kept elsewhere"),
};

/** Renders the list for a terminal. */
export function renderSecrets(rows: readonly SecretRow[]): string {
  return terminalTable(
    ["variable", "kind", "state", "changed", "secret"],
    rows.map((row) => [
      row.variable,
      row.kind,
      STATES[row.state](row),
      row.changedAt?.toISOString() ?? "",
      row.secretId ?? "",
    ]),
    ["left", "left", "left", "left", "left"],
  );
}

export interface SetOptions {
  readonly name: string | undefined;
  /** Reads the value, which is never printed. */
  readonly readValue: (name: string) => Promise<string>;
  /** Whether the tasks are replaced, so that they read it. */
  readonly deploy: boolean;
}

/**
 * Puts the value of a secret that a person keeps, and replaces the tasks so that they read it. Returns whether it was done.
 * @throws DeployError when the secret does not exist, or its value is generated
 */
export async function setSecret(context: Context, { name, readValue, deploy }: SetOptions): Promise<boolean> {
  const { aws, target, print, confirm } = context;
  const secret = findSecret(target, name);
  const { variable, secretId, kind } = secret;
  if (kind === "generated") {
    throw new DeployError(
      `${variable}: expected a secret that people set, got one that is generated, so that nobody has to know it. To replace it: make secrets ENV=${target.stack} ARGS="rotate ${variable}"`,
    );
  }
  await existing(context, secret);
  const value = await readValue(variable);
  const then = deploy ? "and replace every task, in a rolling deployment" : "which tasks read when they next start";
  if (!(await confirm(`Set ${variable} (${secretId}) of ${target.stack}, ${then}?`))) {
    print("Nothing was changed.");
    return false;
  }
  await writeValues(aws.secrets, secretId, { values: [value], phase: "settled" });
  print(`${variable}: set.`);
  if (deploy) await redeploy(context);
  return true;
}

export interface RotateOptions {
  readonly name: string | undefined;
  readonly kind: RotationKind;
}

/**
 * Rotates a generated secret without downtime: two rolling deployments, during which the tasks accept what either value has signed. Without
 * Terraform, which never compares the value. Safe to repeat: an interrupted rotation is continued. Returns whether it was done.
 */
export async function rotateSecret(context: Context, { name, kind }: RotateOptions): Promise<boolean> {
  const { target, print, confirm } = context;
  const secret = findSecret(target, name);
  const { variable } = secret;
  if (secret.kind !== "generated") {
    throw new DeployError(
      `${variable}: expected a generated secret, got one that people set. To replace it: make secrets ENV=${target.stack} ARGS="set ${variable}"`,
    );
  }
  const state = await existing(context, secret);
  if (state.phase === undefined) {
    throw new DeployError(`${variable}: expected a value to replace, found none. \`make deploy\` generates it.`);
  }
  const steps = await planRotation(context, secret, { ...state, phase: state.phase }, kind);
  if (steps.length === 0) {
    print(`${variable}: nothing to do.`);
    printNext(context, secret, state.phase);
    return true;
  }
  print(`Rotate ${variable} of ${target.stack} (account ${target.accountId}, ${target.region}), without Terraform`);
  for (const [index, { what }] of steps.entries()) print(`  ${index + 1}. ${what}`);
  print("  Each open connection closes once in each deployment, while its task drains, and its client reconnects.");
  if (kind === "revoke") print("  What the old value signed is refused: everybody has to sign in again.");
  if (!(await confirm("Rotate?"))) {
    print("Nothing was changed.");
    return false;
  }
  await runSteps(context, secret, { steps, kind });
  print(`${variable}: done.`);
  printNext(context, secret, (await existing(context, secret)).phase);
  return true;
}

async function runSteps(
  { print }: Context,
  { variable }: StoredSecret,
  { steps, kind }: { readonly steps: readonly Step[]; readonly kind: RotationKind },
): Promise<void> {
  for (const [index, { what, run }] of steps.entries()) {
    print(`${index + 1}. ${what}`);
    try {
      await run();
    } catch (thrown) {
      const error = awsErrorInWords(thrown);
      if (!(error instanceof UserError)) throw error;
      const safe = kind === "soft" ? " Until then, every task accepts what the others sign." : "";
      throw new DeployError(
        `${error.message}\n\n${variable}: the rotation stopped at step ${index + 1} of ${steps.length}. Correct the cause, and run the command again, which continues.${safe}`,
        { cause: error },
      );
    }
  }
}

function printNext({ target, print }: Context, { variable }: StoredSecret, phase: Phase | undefined): void {
  if (phase !== "signing") return;
  print(
    `The old value is still accepted. When all that it signed has expired (visitors: 30 days), or earlier: make secrets ENV=${target.stack} ARGS="rotate ${variable} --finish"`,
  );
}

async function existing({ aws, target }: Context, { variable, secretId }: StoredSecret): Promise<SecretState> {
  const state = await readState(aws.secrets, secretId);
  if (state !== undefined) return state;
  throw new DeployError(
    `${variable}: expected the secret ${secretId} in ${target.region}, found none. \`make deploy\` creates it; one that is being deleted can be restored: aws secretsmanager restore-secret`,
  );
}
