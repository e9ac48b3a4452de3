import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PutImageCommand } from "@aws-sdk/client-ecr";
import { ListTasksCommand, StopTaskCommand } from "@aws-sdk/client-ecs";
import { AwsSimulator } from "../../tools/simulator/aws-simulator";
import { simulatorVariables } from "../../tools/simulator/environment";
import { findPrograms, type Programs } from "../../tools/simulator/find-programs";
import { isolatedEnvironment } from "../../tools/terraform/environment";
import { Terraform } from "../../tools/terraform/terraform";
import { EcsCompute } from "../../tools/twin/behind-ecs/ecs-compute";
import { type Image } from "../../tools/twin/tasks/image";
import { type Clients, clients } from "../helpers/aws-clients";
import { removeRun, ROOT, type Run, runProgram } from "../helpers/run-program";
import { withShortTimes } from "../twin/short-times";

export const STACK = "messenger-crm-dev";
const REPOSITORY = "messenger-crm";

/** The app's own stop timeout, and a grace period for a busy machine. */
const TIMES = { stopTimeoutSec: 65, gracePeriodSec: 90 };

/**
 * Takes the place of docker: says that it has built for the tasks' architecture, and prints a digest when it pushes. The simulator has the
 * API of a repository, but nothing that stores layers.
 */
const BUILDER = `#!/bin/sh
case "$1" in
  image) echo arm64 ;;
  login) cat > /dev/null ;;
  push) echo "digest: sha256:$(printf %s "$2" | sha256sum | cut -d ' ' -f 1) size: 1" ;;
esac
`;

export interface Result {
  readonly code: number | null;
  readonly output: string;
}

/** An account on the simulator, dev's stack for it, and this machine as what runs its tasks. */
export class Delivery {
  private constructor(
    readonly simulator: AwsSimulator,
    readonly aws: Clients,
    readonly compute: EcsCompute,
    private readonly synth: Run,
    /** Removed at the end. */
    readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
    private readonly images: Map<string, Image>,
  ) {}

  static async start(): Promise<Delivery> {
    const programs = await findPrograms();
    const synth = runProgram("main.ts");
    const folder = mkdtempSync(join(tmpdir(), "delivery-"));
    const simulator = await AwsSimulator.start({ python: programs.python });
    const { endpoint } = simulator;
    const variables = simulatorVariables({ endpoint, region: "ap-northeast-1" }, folder, programs.providerMirror);
    const env: NodeJS.ProcessEnv = {
      ...isolatedEnvironment(process.env),
      ...variables,
      TERRAFORM_BIN: programs.terraform.path,
      IMAGE_BUILDER: join(folder, "docker"),
      // A bucket's name in front of the simulator's address has no meaning there.
      TF_CLI_ARGS_init: "-backend-config=use_path_style=true",
    };
    writeFileSync(join(folder, "docker"), BUILDER, { mode: 0o755 });
    const images = new Map<string, Image>();
    const terraform = terraformOf(programs, synth, env);
    const compute = await EcsCompute.start({
      endpoint,
      cluster: STACK,
      service: STACK,
      showState: () => terraform.showState(),
      imageOf: (reference) => required(images.get(reference.split("@")[1] ?? ""), reference),
      adjust: (topology) => withShortTimes(topology, TIMES),
    });
    return new Delivery(simulator, clients(endpoint), compute, synth, folder, env, images);
  }

  /** Synth output folder. */
  get outdir(): string {
    return this.synth.outdir;
  }

  /** Runs a command of tools/deploy for dev, as `make` does. */
  async run(command: string, ...args: readonly string[]): Promise<Result> {
    const where = ["dev", "--out", this.outdir, "--endpoint", this.simulator.endpoint];
    return this.node("tools/deploy/cli.ts", command, ...where, ...args);
  }

  deploy(...args: readonly string[]): Promise<Result> {
    return this.run("deploy", "--no-synth", "--yes", ...args);
  }

  /** Runs a program of this repository. */
  async node(file: string, ...args: readonly string[]): Promise<Result> {
    const child = spawn(process.execPath, ["--import", "tsx", file, ...args], {
      cwd: ROOT,
      env: this.env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += String(chunk)));
    await once(child, "close");
    return { code: child.exitCode, output };
  }

  /** Prepares the account: the state's bucket, the roles of a pipeline, the image repository. */
  bootstrap(): Promise<Result> {
    const place = ["--out", this.outdir, "--endpoint", this.simulator.endpoint, "--repository", "acme/crm"];
    return this.node("tools/deploy/cli.ts", "bootstrap", ...place, "--no-synth", "--yes");
  }

  /** Builds and pushes by `make image`. @returns the digest */
  async push(tag: string, image: Image): Promise<string> {
    const { code, output } = await this.run("image", "--tag", tag);
    const imageDigest = /Pushed: \S+@(sha256:[0-9a-f]{64})/.exec(output)?.[1];
    if (code !== 0 || imageDigest === undefined) throw new Error(output);
    const mediaType = "application/vnd.oci.image.manifest.v1+json";
    const imageManifest = JSON.stringify({ schemaVersion: 2, mediaType, annotations: { tag } });
    await this.aws.ecr.send(
      new PutImageCommand({ repositoryName: REPOSITORY, imageTag: tag, imageDigest, imageManifest }),
    );
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

  async end(): Promise<void> {
    await this.compute.stop();
    await this.simulator.stop();
    rmSync(this.folder, { recursive: true, force: true });
    removeRun(this.synth);
  }
}

function terraformOf({ terraform }: Programs, { outdir }: Run, env: NodeJS.ProcessEnv): Terraform {
  const folder = join(outdir, "stacks", STACK);
  return new Terraform({ program: terraform.path, folder, env, label: STACK });
}

function required(image: Image | undefined, reference: string): Image {
  if (image === undefined) throw new Error(`expected an image that was pushed, got ${reference}`);
  return image;
}
