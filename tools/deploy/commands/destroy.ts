import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type AwsClients } from "../../aws/clients";
import { renderTerminal } from "../../plan-report/render/terminal";
import { type PlanReport } from "../../plan-report/report";
import { at, type Json } from "../../terraform/json";
import { type PlanJson } from "../../terraform/plan-json";
import { STACK_FILE } from "../../terraform/stacks";
import { type Context } from "../context";
import { DeployError } from "../errors";
import { type Leftover, leftoverOf, logGroupsLeft, taggedArns } from "../removal/leftovers";
import { preventedDestructions, type Protection, protections } from "../removal/protections";
import { type TerraformSession } from "../terraform/session";

export interface DestroyOptions {
  /** Plans and applies the destruction. */
  readonly terraform: () => Promise<Pick<TerraformSession, "plan" | "showPlan" | "report" | "apply">>;
  /** Whether the loss of data is meant. */
  readonly deleteData: boolean;
  /** Asks a person for the stack's name. */
  readonly askName: (what: string) => Promise<string>;
  /** What is not destroyed with the stack, as a sentence. */
  readonly whatStays: string;
  /** Clients of another region of the stack. */
  readonly clientsIn: (region: string) => Pick<AwsClients, "tagging">;
}

/** The tagging API shows a deleted resource for a while. */
const LOOK_AGAIN_MS = 15_000;
const MOST_LOOKS = 8;

/**
 * Destroys an environment with its data and lists by AWS's API what is left. Never switches a protection off. Safe to repeat.
 * @returns whether everything is gone but what stays by design
 * @throws DeployError when something is protected, when the loss of data was not confirmed, or Terraform fails
 */
export async function destroy(context: Context, options: DestroyOptions): Promise<boolean> {
  const { target, print } = context;
  const configuration = JSON.parse(readFileSync(join(target.folder, STACK_FILE), "utf8")) as Json;
  refuseProtected(context, preventedDestructions(configuration));
  const terraform = await options.terraform();
  const { exitCode } = await terraform.plan({ destroy: true });
  const plan = await terraform.showPlan();
  if (exitCode === 0) {
    print(`${target.stack}: nothing to destroy, the state is empty.`);
    return reportLeftovers(context, options, plan);
  }
  const report = await terraform.report();
  print(renderTerminal(report));
  refuseProtected(context, [...protections(plan), ...refusals(report)]);
  const losses = lossesOf(report);
  if (losses.length > 0 && !options.deleteData) {
    throw new DeployError(
      `${target.stack}: expected no loss of data, got:\n${losses.join("\n")}\nNothing was changed. If all of this is meant, pass --delete-data.`,
    );
  }
  announce(context, report, losses);
  print(options.whatStays);
  const typed = await options.askName(`${target.stack} to destroy it`);
  if (typed !== target.stack) {
    print(`Nothing was changed: expected ${target.stack}, got ${typed || "nothing"}.`);
    return false;
  }
  await terraform.apply();
  print(`${target.stack}: Terraform destroyed ${report.stacks[0]?.counts.destroy ?? 0} resources.`);
  for (const loss of report.stacks.flatMap(({ dataLosses }) => dataLosses)) {
    if (loss.severity === "snapshot") print(`  kept: ${loss.address}: ${loss.what}`);
  }
  return reportLeftovers(context, options, plan);
}

function refuseProtected({ target }: Context, found: readonly Protection[]): void {
  if (found.length === 0) return;
  const list = found.map(({ address, what }) => `  ${address}: ${what}`).join("\n");
  const name = target.stack.split("-").at(-1);
  throw new DeployError(
    `${target.stack}: expected nothing to be protected from deletion, got:\n${list}\nNothing was changed, and this command never switches a protection off. First set disposable: true in environments/${name}.ts, which production refuses unless its tier is changed, too; run \`make deploy ENV=${name}\`, which reports the lost protection; then repeat this.`,
  );
}

/** What AWS would refuse halfway, such as a bucket with objects in it, beside what is protected. */
function refusals({ stacks }: PlanReport): Protection[] {
  return stacks
    .flatMap(({ dataLosses }) => dataLosses)
    .filter(({ severity, what }) => severity === "refused" && !what.includes("protection"));
}

function lossesOf({ stacks }: PlanReport): string[] {
  return stacks
    .flatMap(({ dataLosses }) => dataLosses)
    .filter(({ severity }) => severity !== "unprotected")
    .map(({ address, what }) => `  ${address}: ${what}`);
}

function announce({ target, print }: Context, { stacks }: PlanReport, losses: readonly string[]): void {
  const count = stacks[0]?.counts.destroy ?? 0;
  const place = `account ${target.accountId}, ${target.region}`;
  print(
    `DESTROYS ${target.stack} (${place}): ${count} resources. Every connection closes, and nobody can sign in any more.`,
  );
  if (losses.length > 0) print(`LOSES DATA:\n${losses.join("\n")}`);
}

async function reportLeftovers(context: Context, options: DestroyOptions, plan: PlanJson): Promise<boolean> {
  const { target, print, clock } = context;
  let left: readonly Leftover[] = [];
  for (let look = 1; look <= MOST_LOOKS; look++) {
    left = await leftovers(context, options, plan);
    if (left.every(({ why }) => why !== undefined)) break;
    if (look === 1) print("  Waiting until AWS's list of tagged resources has followed.");
    await clock.sleep(LOOK_AGAIN_MS);
  }
  if (left.length === 0) {
    print(`${target.stack}: AWS lists nothing any more with the tags ${tagsText(target.tags)}.`);
    return true;
  }
  print(`${target.stack}: AWS still lists, with the tags ${tagsText(target.tags)} or by name:`);
  for (const { arn, why } of left) {
    print(
      `  ${arn}\n    ${why ?? "Not by design: Terraform does not know it, or its deletion goes on. Look at it, and delete it by hand."}`,
    );
  }
  return left.every(({ why }) => why !== undefined);
}

async function leftovers(
  { aws, target }: Context,
  { clientsIn }: DestroyOptions,
  plan: PlanJson,
): Promise<readonly Leftover[]> {
  const tagged = await Promise.all(target.regions.map((region) => taggedArns(clientsIn(region), target.tags)));
  const groups = await logGroupsLeft(aws, logGroupNames(plan));
  return [...new Set([...tagged.flat(), ...groups])].sort().map(leftoverOf);
}

function logGroupNames({ resource_changes: changes = [] }: PlanJson): string[] {
  return changes
    .filter(({ type, change }) => type === "aws_cloudwatch_log_group" && change.actions.includes("delete"))
    .flatMap(({ change }) => at(change.before, "name") ?? [])
    .filter((name): name is string => typeof name === "string");
}

function tagsText(tags: Readonly<Record<string, string>>): string {
  return Object.entries(tags)
    .map(([key, value]) => `${key}=${value}`)
    .join(", ");
}
