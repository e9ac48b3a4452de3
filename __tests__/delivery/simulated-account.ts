import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsSimulator } from "../../tools/simulator/aws-simulator";
import { simulatorVariables } from "../../tools/simulator/environment";
import { findPrograms, type Programs } from "../../tools/simulator/find-programs";
import { isolatedEnvironment } from "../../tools/terraform/environment";
import { Terraform } from "../../tools/terraform/terraform";
import { type Clients, clients } from "../helpers/aws-clients";
import { ROOT, TSX } from "../helpers/run-program";

export const REGION = "ap-northeast-1";

export interface Result {
  readonly code: number | null;
  readonly output: string;
}

/** A program of this repository that runs. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Result>;
}

/** An empty account on the simulator, and what programs need to work in it. */
export class SimulatedAccount {
  private constructor(
    readonly simulator: AwsSimulator,
    readonly aws: Clients,
    /** Removed at the end. */
    readonly folder: string,
    readonly env: NodeJS.ProcessEnv,
    readonly programs: Programs,
  ) {}

  /** @param variables further environment variables of the programs */
  static async start(variables: Readonly<Record<string, string>> = {}): Promise<SimulatedAccount> {
    const programs = await findPrograms();
    const folder = mkdtempSync(join(tmpdir(), "delivery-"));
    const simulator = await AwsSimulator.start({ python: programs.python });
    const { endpoint } = simulator;
    const docker = `exec "${process.execPath}" --import "${TSX}" "${join(__dirname, "docker.ts")}" "$@"`;
    writeFileSync(join(folder, "docker"), `#!/bin/sh\n${docker}\n`, { mode: 0o755 });
    const env: NodeJS.ProcessEnv = {
      ...isolatedEnvironment(process.env),
      ...simulatorVariables({ endpoint, region: REGION }, folder, programs.providerMirror),
      TERRAFORM_BIN: programs.terraform.path,
      IMAGE_BUILDER: join(folder, "docker"),
      // tsx looks for tsconfig.json from the working folder upwards, which may be outside of the repository.
      TSX_TSCONFIG_PATH: join(ROOT, "tsconfig.json"),
      ...variables,
    };
    return new SimulatedAccount(simulator, clients(endpoint), folder, env, programs);
  }

  get endpoint(): string {
    return this.simulator.endpoint;
  }

  /** Terraform in the folder of a synthesized stack. */
  terraform(folder: string, label: string): Terraform {
    return new Terraform({ program: this.programs.terraform.path, folder, env: this.env, label });
  }

  /** Starts a program of this repository. */
  start(file: string, args: readonly string[], options: StartOptions = {}): Running {
    const { cwd = ROOT, onOutput } = options;
    const child = spawn(process.execPath, ["--import", TSX, join(ROOT, file), ...args], {
      cwd,
      env: this.env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        output += String(chunk);
        onOutput?.(output, child);
      });
    }
    const ended = once(child, "close").then(() => ({ code: child.exitCode, output }));
    return { child, ended };
  }

  /** Runs a program of this repository to its end. */
  async node(file: string, ...args: readonly string[]): Promise<Result> {
    return this.start(file, args).ended;
  }

  async end(): Promise<void> {
    await this.simulator.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export interface StartOptions {
  /** Working folder. @default the repository */
  readonly cwd?: string;
  /** Receives everything that was printed so far, each time that more is. */
  readonly onOutput?: (output: string, child: ChildProcess) => void;
}
