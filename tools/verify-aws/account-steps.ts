import { existsSync } from "node:fs";
import { join } from "node:path";
import { ListTasksCommand, StopTaskCommand } from "@aws-sdk/client-ecs";
import { awsClients } from "../aws/clients";
import { identityIn } from "../aws/identity";
import { deploy } from "../deploy/commands/deploy";
import { image } from "../deploy/commands/image";
import { type Context } from "../deploy/context";
import { findBuilder } from "../deploy/image/builder";
import { findImage } from "../deploy/release/find-image";
import { type Clock } from "../deploy/service/clock";
import { readService } from "../deploy/service/read-service";
import { synthesize } from "../deploy/synthesize";
import { readTarget } from "../deploy/target/read-target";
import { resourceLine } from "../deploy/terraform/resource-line";
import { type StackFolder, TerraformSession } from "../deploy/terraform/session";
import { type Account } from "../doctor/account/account";
import { accountOf } from "../doctor/diagnose";
import { DOCTOR_CHECKS } from "../doctor/doctor-checks";
import { type Report as DoctorReport, renderFindings, renderOutcome } from "../doctor/report";
import { runChecks } from "../doctor/run-checks";
import { parseCommandLine } from "../smoke/options";
import { renderResult, renderSummary } from "../smoke/report";
import { smoke, type SmokeReport } from "../smoke/run-checks";
import { STACK_FILE, stackFolder } from "../terraform/stacks";
import { destroyEverything } from "./destruction";
import { VerifyAwsError } from "./errors";
import { type Interruption, interruptibleClock, requireUninterrupted, unlessInterrupted } from "./interruption";
import { type ItemResult } from "./items/item";
import { ITEMS } from "./items/items";
import { runItems } from "./items/run-items";
import { requireNew, requireOnlyCreations } from "./nothing-existing";
import { priceOf } from "./price";
import { renderItem } from "./report";
import { type RunFolder } from "./run-folder";
import { untilSettled } from "./settle";
import { type Steps } from "./verify-aws";

const PROGRAM = "stacks/throwaway/main.ts";

/** For whoever finds the resources: the tag `Purpose`. */
export const PURPOSE = "throwaway of make verify-aws";

export interface AccountOptions {
  readonly folder: RunFolder;
  readonly endpoint: string | undefined;
  readonly interruption: Interruption;
  readonly print: (text: string) => void;
  /** An earlier run may have created some of the environment. */
  readonly isContinued: boolean;
  /** @default the system's */
  readonly clock?: Clock;
}

/** The steps of a run in an AWS account, by the tools that each of them is a command of. */
export class AccountSteps implements Steps {
  constructor(private readonly options: AccountOptions) {}

  readonly prepare: Steps["prepare"] = async () => {
    const { folder, print, isContinued } = this.options;
    if (!this.isSynthesized) await this.synthesize();
    const context = await this.context();
    const { target } = context;
    if (!isContinued) await requireNew(context);
    print(`Plans ${target.stack}, which takes a minute.`);
    const terraform = await this.terraform(target);
    await terraform.plan();
    const plan = await terraform.showPlan();
    if (!isContinued) requireOnlyCreations(target.stack, plan);
    const changes = (plan.resource_changes ?? []).filter(({ change }) => change.actions.includes("create"));
    return { price: priceOf(folder.record.name, target.region, plan), resources: changes.length };
  };

  readonly image: Steps["image"] = async () => {
    const { folder, print, interruption } = this.options;
    const { image: given, repositoryName, name } = folder.record;
    const context = await this.context();
    if (given !== undefined) return findImage(context.aws.ecr, context.target, given);
    if (repositoryName !== undefined) throw new VerifyAwsError("--repository: expected --image with it, got none.");
    const { env } = process;
    const builder = findBuilder(env);
    const registry = await this.terraform(this.registry);
    await registry.plan();
    requireUninterrupted(interruption.first);
    await registry.apply();
    print(`${this.registry.stack}: applied.`);
    // The repository refuses a tag that an earlier attempt has pushed.
    const tag = `${name}-${Date.now().toString(36)}`;
    const sbomFolder = join(folder.path, "sbom");
    return image(context, { builder, env, tag, context: "app", sbomFolder, sign: false });
  };

  readonly deploy: Steps["deploy"] = async (digest) => {
    const { endpoint } = this.options;
    const options = { image: digest, endpoint, failOn: new Set<never>(), accepted: [], planOnly: false };
    await deploy(await this.context(), options);
  };

  readonly smoke: Steps["smoke"] = async () => {
    const { folder, print, interruption } = this.options;
    const context = await this.context();
    const { url } = await (await this.terraform(context.target)).outputs();
    const { options } = parseCommandLine([String(url), "--session", join(folder.path, "smoke.json")])!;
    const report: SmokeReport = await unlessInterrupted(interruption.first, () =>
      smoke({ ...options, disturb: () => stopTask(context) }, (result) => {
        if (!interruption.first.aborted) print(renderResult(result));
      }),
    );
    print(renderSummary(report));
    return report;
  };

  readonly doctor: Steps["doctor"] = async () => {
    const { print, interruption } = this.options;
    const { aws, target, clock } = await this.context();
    await untilSettled({ read: () => readService(aws, target), clock, print, timeoutSec: target.deployTimeoutSec });
    const account = this.account();
    const width = Math.max(...DOCTOR_CHECKS.map(({ name }) => name.length));
    const outcomes = await unlessInterrupted(interruption.first, () =>
      runChecks(account, DOCTOR_CHECKS, (outcome) => {
        if (!interruption.first.aborted) print(renderOutcome(outcome, width));
      }),
    );
    print(`\n${renderFindings(outcomes)}`);
    const { stack, accountId, region } = account.target;
    return { command: "doctor", stack, accountId, region, outcomes } satisfies DoctorReport;
  };

  readonly items: Steps["items"] = async (): Promise<readonly ItemResult[]> => {
    const { print, interruption } = this.options;
    const context = await this.context();
    const environment = { context, account: this.account(), terraform: () => this.terraform(context.target) };
    const onResult = (result: ItemResult) => print(renderItem(result));
    return runItems(environment, ITEMS, { onResult, interrupted: interruption.first });
  };

  readonly destroy: Steps["destroy"] = async () => {
    const { endpoint, interruption } = this.options;
    if (!this.isSynthesized) return true;
    const context = await this.context(interruption.second);
    return destroyEverything(context, {
      registry: existsSync(join(this.registry.folder, STACK_FILE)) ? this.registry : undefined,
      terraform: (target) => this.terraform(target),
      interrupted: interruption.second,
      clientsIn: (region) => awsClients({ region, endpoint }),
    });
  };

  private get isSynthesized(): boolean {
    const { out, record } = this.options.folder;
    return existsSync(join(stackFolder(out, record.stack), STACK_FILE));
  }

  /** The stack of the repository that a run without `--image` has. */
  private get registry(): StackFolder {
    const { out, record } = this.options.folder;
    const stack = `${record.stack}-registry`;
    return { stack, folder: stackFolder(out, stack), region: record.region };
  }

  private async synthesize(): Promise<void> {
    const { folder, print } = this.options;
    const { name, accountId, region, availabilityZones, repositoryName } = folder.record;
    const input = { name, accountId, region, availabilityZones, repositoryName, tags: { Purpose: PURPOSE } };
    await synthesize(folder.out, print, { file: PROGRAM, env: { THROWAWAY: JSON.stringify(input) } });
  }

  /** The confirmation of the whole run is also that of its parts. */
  private async context(interrupted = this.options.interruption.first): Promise<Context> {
    const { folder, endpoint, print, clock } = this.options;
    const target = readTarget(folder.out, folder.record.stack);
    const aws = awsClients({ region: target.region, endpoint });
    await identityIn(aws.sts, target.accountId, target.stack);
    const confirm = async () => {
      requireUninterrupted(interrupted);
      return Promise.resolve(true);
    };
    return { target, aws, clock: interruptibleClock(interrupted, clock), print, confirm };
  }

  private account(): Account {
    const { folder, endpoint } = this.options;
    return accountOf({ out: folder.out, environment: folder.record.stack, endpoint });
  }

  private terraform(target: StackFolder): Promise<TerraformSession> {
    const { endpoint, print } = this.options;
    const onEvent: Parameters<typeof TerraformSession.start>[0]["onEvent"] = (event) => {
      const line = resourceLine(event);
      if (line !== undefined) print(`  ${line}`);
    };
    return TerraformSession.start({ target, endpoint, onEvent });
  }
}

/** Stops one of the tasks, as a failing host would. */
async function stopTask({ aws, target }: Context): Promise<void> {
  const { clusterName: cluster, serviceName } = target;
  const { taskArns = [] } = await aws.ecs.send(new ListTasksCommand({ cluster, serviceName }));
  await aws.ecs.send(new StopTaskCommand({ cluster, task: taskArns[0], reason: PURPOSE }));
}
