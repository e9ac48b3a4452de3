import { awsErrorInWords } from "../aws/errors";
import { type Report as DoctorReport, exitCodeOf as exitCodeOfDoctor } from "../doctor/report";
import { type SmokeReport } from "../smoke/run-checks";
import { InterruptedError } from "./errors";
import { type Interruption } from "./interruption";
import { differs, holds, type ItemResult } from "./items/item";
import { CHECKED, ITEMS } from "./items/items";
import { type Price, renderPrice } from "./price";
import { byHand, howToGoOn, type StepName, type StepResult, type VerifyReport } from "./report";
import { type RunFolder } from "./run-folder";

/** What a run consists of, so that tests do not need an account. Each throws an error in words when it fails. */
export interface Steps {
  /** Synthesizes and plans. @throws VerifyAwsError when something has the name already, or the plan would do more than create */
  readonly prepare: () => Promise<{ readonly price: Price; readonly resources: number }>;
  /** Builds and pushes the image to a repository of its own, unless one was named. Returns its digest. */
  readonly image: () => Promise<string>;
  readonly deploy: (image: string) => Promise<void>;
  readonly smoke: () => Promise<SmokeReport>;
  readonly doctor: () => Promise<DoctorReport>;
  readonly items: () => Promise<readonly ItemResult[]>;
  /** Destroys everything, and lists by API what is left. Returns whether nothing is, but what stays by design. */
  readonly destroy: () => Promise<boolean>;
}

export interface RunOptions {
  readonly folder: RunFolder;
  readonly steps: Steps;
  readonly interruption: Interruption;
  readonly print: (text: string) => void;
  readonly confirm: (question: string) => Promise<boolean>;
  /** An earlier run may have created some of the environment. */
  readonly isContinued: boolean;
  /** Milliseconds since any moment. */
  readonly now: () => number;
}

/**
 * Applies, checks and destroys. Destroys also when a step fails or somebody presses Ctrl-C; the folder stays until that has succeeded.
 * @returns `undefined` when a person said no, and nothing was created
 */
export async function verifyAws(options: RunOptions): Promise<VerifyReport | undefined> {
  const { folder, steps } = options;
  const price = await consent(options);
  if (price === undefined) return undefined;
  const run = new Run(options, price);
  const pushed = await run.step("image", async () => {
    folder.update({ image: await steps.image() });
  });
  const deployed = pushed && (await run.step("deploy", () => steps.deploy(folder.record.image ?? "")));
  if (deployed) await run.checks();
  return run.destroy();
}

/** Destroys what an earlier run has left. */
export async function destroyOnly(options: RunOptions): Promise<VerifyReport> {
  return new Run(options, undefined).destroy();
}

/** Says what a run does and costs, and asks. A folder without anything created in its name is removed again. */
async function consent(options: RunOptions): Promise<Price | undefined> {
  const { folder, print, confirm, interruption, isContinued } = options;
  let isWanted = false;
  try {
    const price = await announce(options);
    isWanted = !interruption.first.aborted && (await confirm("Apply, check and destroy this?"));
    if (isWanted) return price;
    if (!isContinued) print("Nothing was created.");
    return undefined;
  } finally {
    if (!isWanted && isContinued) print(howToGoOn(folder.path));
    else if (!isWanted) folder.remove();
  }
}

async function announce({ folder, steps, print }: RunOptions): Promise<Price> {
  const { price, resources } = await steps.prepare();
  const { stack, accountId, region, repositoryName, image } = folder.record;
  const source = image === undefined ? "builds and pushes the image to a repository of its own" : `takes ${image}`;
  print(
    [
      `verify-aws ${stack} (account ${accountId}, ${region})`,
      `  1. ${source}${repositoryName === undefined ? "" : ` in ${repositoryName}`}`,
      `  2. creates ${resources} resources of the profile small, every name with ${stack}; changes nothing that exists`,
      `  3. runs the smoke test, in which a task stops, doctor, and the checks of ${CHECKED} items of docs/real-aws.md`,
      "  4. destroys everything, also after a failure or Ctrl-C, and lists what is left",
      ...renderPrice(price).map((line) => `  ${line}`),
      `  Terraform's state is in ${folder.path} until everything is destroyed.`,
    ].join("\n"),
  );
  return price;
}

/** A run after the confirmation, with what it has found so far. */
class Run {
  private readonly results = new Map<StepName, StepResult>();
  private smoke: SmokeReport | undefined;
  private doctor: DoctorReport | undefined;
  private items: readonly ItemResult[] = [];

  constructor(
    private readonly options: RunOptions,
    private readonly price: Price | undefined,
  ) {}

  /** Each goes on when another has found something. */
  async checks(): Promise<void> {
    const { steps } = this.options;
    await this.step("smoke", async () => {
      this.smoke = await steps.smoke();
      const failed = this.smoke.checks.filter(({ status }) => status === "failed").map(({ title }) => title);
      return failed.length === 0 ? "" : `failed: ${failed.join(", ")}`;
    });
    await this.step("doctor", async () => {
      this.doctor = await steps.doctor();
      if (exitCodeOfDoctor(this.doctor.outcomes) === 0) return "";
      const open = this.doctor.outcomes.filter(({ state }) => state === "findings" || state === "not checked");
      return open.map(({ check, state }) => `${check}: ${state}`).join(", ");
    });
    await this.step("items", async () => {
      this.items = await steps.items();
      const differing = this.items.filter(({ outcome }) => outcome.state === "differs").map(({ title }) => title);
      return differing.length === 0 ? "" : `differs: ${differing.join(", ")}`;
    });
  }

  /** Runs a step unless it was interrupted before. @returns whether it passed */
  async step(step: StepName, work: () => Promise<string | void>): Promise<boolean> {
    const { interruption, print, now } = this.options;
    if (step !== "destroy" && interruption.first.aborted) return false;
    print(`\n${step}`);
    const started = now();
    const why = await work().then(
      (problem) => problem ?? "",
      // What Terraform and ECS say about an interruption is advice for other commands.
      (error: unknown) => textOf(step !== "destroy" && interruption.first.aborted ? new InterruptedError() : error),
    );
    if (why !== "") print(why);
    const state = why === "" ? "passed" : "failed";
    this.results.set(step, { step, state, seconds: (now() - started) / 1000, why });
    return why === "";
  }

  async destroy(): Promise<VerifyReport> {
    const { folder, steps, interruption } = this.options;
    interruption.beginDestruction();
    const isDestroyed = await this.step("destroy", async () => {
      const isGone = await steps.destroy();
      this.addWhatIsLeft(isGone);
      return isGone ? "" : "something is left: see the list above";
    });
    if (isDestroyed) folder.remove();
    return {
      formatVersion: "1.0",
      run: folder.record,
      price: this.price,
      steps: this.stepResults(),
      smoke: this.smoke,
      doctor: this.doctor,
      items: this.items,
      byHand: byHand(),
      folder: isDestroyed ? undefined : folder.path,
    };
  }

  /** The one item that the destruction itself shows. */
  private addWhatIsLeft(isGone: boolean): void {
    const title = ITEMS.find((item) => "seenBy" in item)?.title;
    if (title === undefined || this.items.length === 0) return;
    const outcome = isGone
      ? holds("after the destruction, AWS lists nothing that is not explained")
      : differs("after the destruction, AWS lists something that nothing explains");
    this.items = [...this.items, { title, outcome }];
  }

  private stepResults(): readonly StepResult[] {
    const names: readonly StepName[] =
      this.price === undefined ? ["destroy"] : ["image", "deploy", "smoke", "doctor", "items", "destroy"];
    return names.map((step) => this.results.get(step) ?? { step, state: "not run", seconds: 0, why: "" });
  }
}

/** Says at the signal itself what happens now, because a step may take minutes to end. */
export function interruptionText(isFirst: boolean, folder: RunFolder): string {
  return isFirst
    ? "\nInterrupted: ends what is running, then destroys everything. Once more ends the destruction, too."
    : `\nInterrupted again: the destruction ends as soon as Terraform has written its state.\n${howToGoOn(folder.path)}`;
}

function textOf(thrown: unknown): string {
  const error = awsErrorInWords(thrown);
  return error instanceof Error ? error.message || error.name : String(error);
}
