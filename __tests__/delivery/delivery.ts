import { join } from "node:path";
import { ListTasksCommand, StopTaskCommand } from "@aws-sdk/client-ecs";
import { type AwsSimulator } from "../../tools/simulator/aws-simulator";
import { EcsCompute } from "../../tools/twin/behind-ecs/ecs-compute";
import { type Image } from "../../tools/twin/tasks/image";
import { type Clients } from "../helpers/aws-clients";
import { removeRun, type Run, runProgram } from "../helpers/run-program";
import { type ShellResult } from "../helpers/shell";
import { withShortTimes } from "../twin/short-times";
import { runDocumented } from "./documented";
import { type Result, SimulatedAccount } from "./simulated-account";

export const STACK = "messenger-crm-dev";

/** The app's own stop timeout, and a grace period for a busy machine. */
export const TIMES = { stopTimeoutSec: 65, gracePeriodSec: 90 };

/** dev's stack for an account on the simulator, and this machine as what runs its tasks. */
export class Delivery {
  private constructor(
    private readonly account: SimulatedAccount,
    readonly compute: EcsCompute,
    private readonly synth: Run,
    private readonly images: Map<string, Image>,
  ) {}

  static async start(): Promise<Delivery> {
    const synth = runProgram("main.ts");
    // A bucket's name in front of the simulator's address has no meaning there.
    const account = await SimulatedAccount.start({ TF_CLI_ARGS_init: "-backend-config=use_path_style=true" });
    const images = new Map<string, Image>();
    const terraform = account.terraform(join(synth.outdir, "stacks", STACK), STACK);
    const compute = await EcsCompute.start({
      endpoint: account.endpoint,
      cluster: STACK,
      service: STACK,
      showState: () => terraform.showState(),
      imageOf: (reference) => required(images.get(reference.split("@")[1] ?? ""), reference),
      adjust: (topology) => withShortTimes(topology, TIMES),
    });
    return new Delivery(account, compute, synth, images);
  }

  get simulator(): AwsSimulator {
    return this.account.simulator;
  }

  get aws(): Clients {
    return this.account.aws;
  }

  /** Removed at the end. */
  get folder(): string {
    return this.account.folder;
  }

  /** Synth output folder. */
  get outdir(): string {
    return this.synth.outdir;
  }

  /** Runs a command of tools/deploy for dev, as `make` does. */
  async run(command: string, ...args: readonly string[]): Promise<Result> {
    const where = ["dev", "--out", this.outdir, "--endpoint", this.simulator.endpoint];
    return this.account.node("tools/deploy/cli.ts", command, ...where, ...args);
  }

  deploy(...args: readonly string[]): Promise<Result> {
    return this.run("deploy", "--no-synth", "--yes", ...args);
  }

  /** Checks by `make verify` what a deployment needs. */
  verify(...args: readonly string[]): Promise<Result> {
    const place = ["--out", this.outdir, "--endpoint", this.simulator.endpoint];
    return this.account.node("tools/doctor/cli.ts", "verify", "dev", ...place, ...args);
  }

  /** Prepares the account: the state's bucket, the roles of a pipeline, the image repository. */
  bootstrap(): Promise<Result> {
    const place = ["--out", this.outdir, "--endpoint", this.simulator.endpoint, "--repository", "acme/crm"];
    return this.account.node("tools/deploy/cli.ts", "bootstrap", ...place, "--no-synth", "--yes");
  }

  /** Builds and pushes by `make image`. @returns the digest */
  async push(tag: string, image: Image): Promise<string> {
    const { code, output } = await this.run("image", "--tag", tag);
    const imageDigest = /Pushed: \S+@(sha256:[0-9a-f]{64})/.exec(output)?.[1];
    if (code !== 0 || imageDigest === undefined) throw new Error(output);
    this.images.set(imageDigest, image);
    return imageDigest;
  }

  /** Stops one task, as `aws ecs stop-task` does. */
  async stopTask(): Promise<void> {
    const { taskArns = [] } = await this.aws.ecs.send(new ListTasksCommand({ cluster: STACK }));
    await this.aws.ecs.send(new StopTaskCommand({ cluster: STACK, task: taskArns[0] }));
  }

  destroy(): Promise<Result> {
    return this.run("destroy", "--no-synth", "--delete-data", "--confirm", STACK);
  }

  /** Runs commands of a page as they are written there, for dev. */
  documented(commands: string): Promise<ShellResult> {
    return runDocumented(this.account, this.outdir, commands);
  }

  async end(): Promise<void> {
    await this.compute.stop();
    await this.account.end();
    removeRun(this.synth);
  }
}

function required(image: Image | undefined, reference: string): Image {
  if (image === undefined) throw new Error(`expected an image that was pushed, got ${reference}`);
  return image;
}
