import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { type AwsClients } from "../../aws/clients";
import { renderTerminal } from "../../plan-report/render/terminal";
import { type Finding, renderFinding } from "../bootstrap/finding";
import { type Forge } from "../bootstrap/forge";
import { inspectProvider, inspectRole } from "../bootstrap/inspect-ci";
import { inspectQuotas } from "../bootstrap/quotas";
import { type StackNeeds } from "../bootstrap/read-stacks";
import { type BootstrapReport, renderVariables, reportedFinding, variablesOf } from "../bootstrap/report";
import { type Place } from "../bootstrap/role-policies";
import { wantedRoles, type WantedRole } from "../bootstrap/roles";
import { inspectBucket } from "../bootstrap/state-bucket";
import { type Context } from "../context";
import { DeployError } from "../errors";
import { type TerraformSession } from "../terraform/session";

/** What bootstrap works with: it belongs to no environment. */
export type BootstrapContext = Pick<Context, "print" | "confirm"> & {
  readonly clientsIn: (region: string) => AwsClients;
};

export interface BootstrapOptions {
  /** Every synthesized stack. */
  readonly stacks: readonly StackNeeds[];
  /** Where the pipeline runs; `undefined` without one. */
  readonly forge: Forge | undefined;
  /** Customer managed key of the state's bucket. @default S3's own */
  readonly kmsKeyArn: string | undefined;
  /** Compare only. */
  readonly checkOnly: boolean;
  /** Starts Terraform in the stack of the repository; `undefined` leaves the repository alone. */
  readonly terraform: ((stack: StackNeeds) => Promise<Pick<TerraformSession, "plan" | "report" | "apply">>) | undefined;
}

/**
 * Prepares the account of the credentials for its stacks: the state's bucket, the pipeline's OIDC provider and roles, the image repository; and
 * checks its quotas. What exists is compared, and only what differs is changed, after asking. Safe to repeat.
 * @throws DeployError when no stack is for this account, or a bucket is not ours
 */
export async function bootstrap(context: BootstrapContext, options: BootstrapOptions): Promise<BootstrapReport> {
  const { print } = context;
  const { forge, checkOnly } = options;
  const account = await ownStacks(context, options);
  const { stacks, place } = account;
  const roles = forge === undefined ? [] : wantedRoles(forge, place);
  const findings = await inspect(context, options, { stacks, place, roles });
  for (const finding of findings) print(renderFinding(finding));
  const outcome = await makeChanges(context, findings, { accountId: place.accountId, checkOnly });
  const report: Omit<BootstrapReport, "repository" | "variables" | "ready"> = {
    command: "bootstrap",
    accountId: place.accountId,
    identity: account.identity,
    stacks: stacks.map(({ stack }) => stack),
    otherStacks: account.otherStacks,
    findings: findings.map((finding) => reportedFinding(finding, outcome === "made")),
  };
  if (outcome === "declined") return { ...report, repository: undefined, variables: [], ready: false };
  const repository = checkOnly ? undefined : await applyRepository(context, options, stacks);
  const variables = forge === undefined ? [] : variablesOf(roles, place);
  if (forge !== undefined) print(renderVariables(forge, variables));
  const isWhole = outcome !== "left" && findings.every(({ problems }) => problems.length === 0);
  return { ...report, repository, variables, ready: isWhole && repository?.state !== "not applied" };
}

/**
 * Makes what differs as it has to be, after asking.
 * @returns `none` when nothing differs, `left` with `--check`, `declined` when a person said no
 */
async function makeChanges(
  { print, confirm }: BootstrapContext,
  findings: readonly Finding[],
  { accountId, checkOnly }: { readonly accountId: string; readonly checkOnly: boolean },
): Promise<"none" | "made" | "left" | "declined"> {
  const changes = findings.flatMap(({ subject, changes }) => changes.map((change) => ({ subject, ...change })));
  if (changes.length === 0) return "none";
  if (checkOnly) return "left";
  if (!(await confirm(`\nMake these ${changes.length} changes in account ${accountId}?`))) {
    print("Nothing was changed.");
    return "declined";
  }
  for (const { subject, what, make } of changes) {
    await make();
    print(`  done: ${subject}: ${what}`);
  }
  return "made";
}

interface Account {
  readonly stacks: readonly StackNeeds[];
  readonly place: Place;
  readonly roles: readonly WantedRole[];
}

/** The stacks of the account that the credentials belong to. Others are named, and need a run of their own. */
async function ownStacks(
  { clientsIn, print }: BootstrapContext,
  { stacks: all, kmsKeyArn }: BootstrapOptions,
): Promise<Omit<Account, "roles"> & Pick<BootstrapReport, "identity" | "otherStacks">> {
  const { sts } = clientsIn(all[0]!.region);
  const { Account: accountId = "", Arn: identity = "" } = await sts.send(new GetCallerIdentityCommand({}));
  const stacks = all.filter((stack) => stack.accountId === accountId);
  const otherStacks = all
    .filter((stack) => stack.accountId !== accountId)
    .map(({ stack, accountId: other }) => ({ stack, accountId: other }));
  const text = otherStacks.map(({ stack, accountId: other }) => `${stack} (${other})`).join(", ");
  if (stacks.length === 0) {
    throw new DeployError(
      `account: expected credentials of an account that a stack names, got ${identity} of account ${accountId}. The stacks: ${text}. Choose another AWS_PROFILE, or correct accountId in environments/.`,
    );
  }
  print(`Account ${accountId} as ${identity}: ${stacks.map(({ stack }) => stack).join(", ")}`);
  if (otherStacks.length > 0) print(`In other accounts, with credentials of which this has to run again: ${text}`);
  const [, partition = "aws"] = identity.split(":");
  const application = stacks[0]!.stack.split("-").slice(0, -1).join("-");
  return { stacks, place: { application, accountId, partition, kmsKeyArn, stacks }, identity, otherStacks };
}

async function inspect(
  { clientsIn }: BootstrapContext,
  { forge }: BootstrapOptions,
  { stacks, place, roles }: Account,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const bucket of bucketsOf(stacks, place)) {
    findings.push(await inspectBucket(clientsIn(bucket.region).s3, bucket));
  }
  if (forge !== undefined) {
    const { iam } = clientsIn(stacks[0]!.region);
    findings.push(await inspectProvider(iam, forge, place));
    for (const role of roles) findings.push(await inspectRole(iam, role));
  }
  for (const region of new Set(stacks.map((stack) => stack.region))) {
    const demands = stacks.flatMap((stack) => (stack.region === region ? (stack.demand ?? []) : []));
    if (demands.length > 0) findings.push(await inspectQuotas(clientsIn(region), region, demands));
  }
  return findings;
}

function bucketsOf(stacks: readonly StackNeeds[], { accountId, partition, kmsKeyArn }: Place) {
  const names = [...new Set(stacks.flatMap(({ state }) => state?.bucket ?? []))];
  return names.map((bucket) => {
    const own = stacks.filter(({ state }) => state?.bucket === bucket);
    return {
      ...{ bucket, accountId, partition, kmsKeyArn, region: own[0]!.state!.region },
      stacks: own.map(({ stack }) => stack),
      withoutLock: own.filter(({ state }) => state?.hasLock === false).map(({ stack }) => stack),
    };
  });
}

/** Applies the stack of the image repository, which every environment pulls from. */
async function applyRepository(
  { print, confirm }: BootstrapContext,
  { terraform }: BootstrapOptions,
  stacks: readonly StackNeeds[],
): Promise<BootstrapReport["repository"]> {
  const own = stacks.find(({ repository }) => repository !== undefined);
  if (own?.repository === undefined || terraform === undefined) return undefined;
  const { stack, repository: name } = own;
  const session = await terraform(own);
  const { exitCode } = await session.plan();
  if (exitCode === 0) {
    print(`image repository ${name}\n  ok      ${stack} is applied`);
    return { name, state: "unchanged" };
  }
  print(renderTerminal(await session.report()));
  if (!(await confirm(`\nApply this to ${stack}?`))) {
    print(`${stack} was not applied.`);
    return { name, state: "not applied" };
  }
  await session.apply();
  print(`  done: image repository ${name}`);
  return { name, state: "applied" };
}
