import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { type AwsClients } from "../../aws/clients";
import { renderTerminal } from "../../plan-report/render/terminal";
import { type Finding, renderFinding } from "../bootstrap/finding";
import { type Forge } from "../bootstrap/forge";
import { inspectProvider, inspectRole } from "../bootstrap/inspect-ci";
import { inspectQuotas } from "../bootstrap/quotas";
import { type StackNeeds } from "../bootstrap/read-stacks";
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
 * @returns whether everything is as it has to be
 * @throws DeployError when no stack is for this account, or a bucket is not ours
 */
export async function bootstrap(context: BootstrapContext, options: BootstrapOptions): Promise<boolean> {
  const { print, confirm } = context;
  const { stacks, place } = await ownStacks(context, options);
  const roles = options.forge === undefined ? [] : wantedRoles(options.forge, place);
  const findings = await inspect(context, options, { stacks, place, roles });
  for (const finding of findings) print(renderFinding(finding));
  const changes = findings.flatMap(({ subject, changes }) => changes.map((change) => ({ subject, ...change })));
  let isReady = findings.every(({ problems }) => problems.length === 0);
  if (changes.length > 0 && options.checkOnly) isReady = false;
  else if (changes.length > 0) {
    if (!(await confirm(`\nMake these ${changes.length} changes in account ${place.accountId}?`))) {
      print("Nothing was changed.");
      return false;
    }
    for (const { subject, what, make } of changes) {
      await make();
      print(`  done: ${subject}: ${what}`);
    }
  }
  const hasRepository = options.checkOnly || (await applyRepository(context, options, stacks));
  printVariables(context, options, { place, roles });
  return isReady && hasRepository;
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
): Promise<Omit<Account, "roles">> {
  const { sts } = clientsIn(all[0]!.region);
  const { Account: accountId = "", Arn: arn = "" } = await sts.send(new GetCallerIdentityCommand({}));
  const stacks = all.filter((stack) => stack.accountId === accountId);
  const others = all.filter((stack) => stack.accountId !== accountId);
  const text = others.map(({ stack, accountId: other }) => `${stack} (${other})`).join(", ");
  if (stacks.length === 0) {
    throw new DeployError(
      `account: expected credentials of an account that a stack names, got ${arn} of account ${accountId}. The stacks: ${text}. Choose another AWS_PROFILE, or correct accountId in environments/.`,
    );
  }
  print(`Account ${accountId} as ${arn}: ${stacks.map(({ stack }) => stack).join(", ")}`);
  if (others.length > 0) print(`In other accounts, with credentials of which this has to run again: ${text}`);
  const [, partition = "aws"] = arn.split(":");
  const application = stacks[0]!.stack.split("-").slice(0, -1).join("-");
  return { stacks, place: { application, accountId, partition, kmsKeyArn, stacks } };
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

/** Applies the stack of the image repository, which every environment pulls from. Returns whether it is there. */
async function applyRepository(
  { print, confirm }: BootstrapContext,
  { terraform }: BootstrapOptions,
  stacks: readonly StackNeeds[],
): Promise<boolean> {
  const own = stacks.find(({ repository }) => repository !== undefined);
  if (own === undefined || terraform === undefined) return true;
  const session = await terraform(own);
  const { exitCode } = await session.plan();
  if (exitCode === 0) {
    print(`image repository ${own.repository}\n  ok      ${own.stack} is applied`);
    return true;
  }
  print(renderTerminal(await session.report()));
  if (!(await confirm(`\nApply this to ${own.stack}?`))) {
    print(`${own.stack} was not applied.`);
    return false;
  }
  await session.apply();
  print(`  done: image repository ${own.repository}`);
  return true;
}

function printVariables(
  { print }: BootstrapContext,
  { forge }: BootstrapOptions,
  { place, roles }: Omit<Account, "stacks">,
): void {
  if (forge === undefined) return;
  const arn = (name: string) => `arn:${place.partition}:iam::${place.accountId}:role/${name}`;
  const rows = roles.map(({ name, variable }) => {
    const level = variable.environment === undefined ? "repository" : `environment ${variable.environment}`;
    return `  ${variable.name} = ${arn(name)}  (${level})`;
  });
  const region = `  AWS_REGION = ${place.stacks[0]!.region}  (repository)`;
  print([`Variables of the pipeline on ${forge.name} (docs/ci.md says where):`, ...rows, region].join("\n"));
}
