import { type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { spawnGuarded, stop } from "../programs/child-process";
import { type Programs } from "./find-programs";
import { isolatedEnvironment } from "../terraform/environment";
import { type SimulatorReport } from "./report";
import { SimulatorError } from "./errors";

export interface AwsSimulatorOptions {
  readonly python: Programs["python"];
  /** @default "123456789012" */
  readonly accountId?: string;
  /** ACM certificates that exist from the start. @default none */
  readonly certificates?: readonly string[];
  /** Creates other resources that the stack expects to exist, such as a VPC, through the AWS API. @default nothing */
  readonly seed?: (endpoint: string) => Promise<void>;
  /** Run stock moto without the extensions and the API models, to test whether they are still needed. @default false */
  readonly plain?: boolean;
}

const SERVER = join(__dirname, "moto", "server.py");
const START_TIMEOUT_MS = 60_000;
const STDERR_KEPT = 4000;

const MOTO_SETTINGS = {
  // Without these, an attached AWS managed policy does not exist.
  MOTO_IAM_LOAD_MANAGED_POLICIES: "true",
  // moto issues a requested certificate after 60 s by default.
  MOTO_ACM_VALIDATION_WAIT: "1",
  PYTHONUNBUFFERED: "1",
};

/** One simulated AWS account in a process of its own, on a free port of 127.0.0.1. */
export class AwsSimulator {
  private stderr = "";

  private constructor(
    public readonly endpoint: string,
    private readonly child: ChildProcess,
  ) {
    child.stderr?.on("data", (chunk: Buffer) => {
      this.stderr = (this.stderr + chunk.toString()).slice(-STDERR_KEPT);
    });
  }

  /** Returns the end of what the server printed to stderr: its own errors and retried requests. Often empty. */
  public errors(): string {
    return this.stderr.trim();
  }

  /** Starts a simulator and waits until it answers. @throws SimulatorError with what it printed when it does not */
  public static async start(options: AwsSimulatorOptions): Promise<AwsSimulator> {
    const certificates = (options.certificates ?? []).flatMap((arn) => ["--certificate", arn]);
    const flags = ["--exit-with-stdin", ...(options.plain ? ["--plain"] : []), ...certificates];
    const account = options.accountId === undefined ? {} : { MOTO_ACCOUNT_ID: options.accountId };
    const child = spawnGuarded(options.python.path, [SERVER, "0", ...flags], {
      env: { ...isolatedEnvironment(process.env), ...MOTO_SETTINGS, ...account },
      // The server ends when this pipe closes, so it cannot outlive this process, even after SIGKILL.
      stdin: "pipe",
    });
    try {
      const simulator = new AwsSimulator(await address(child), child);
      await simulator.untilHealthy();
      await options.seed?.(simulator.endpoint);
      return simulator;
    } catch (error) {
      await stop(child);
      throw error;
    }
  }

  /** Returns what the simulator saw so far. */
  public async report(): Promise<SimulatorReport> {
    const answer = await fetch(`${this.endpoint}/simulator/report`);
    return (await answer.json()) as SimulatorReport;
  }

  /** Ends the simulator; its state is lost. Safe to call twice. */
  public async stop(): Promise<void> {
    await stop(this.child);
  }

  /** Resolves when the server process has ended. */
  public untilExit(): Promise<void> {
    return new Promise((resolve) => this.child.once("close", () => resolve()));
  }

  private async untilHealthy(): Promise<void> {
    const answer = await fetch(`${this.endpoint}/moto-api/`);
    if (!answer.ok) {
      throw new SimulatorError(`AWS simulator: expected 200 from ${answer.url}, got ${answer.status}`);
    }
  }
}

/** Resolves with the endpoint that the server prints once it listens. */
function address(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let stderr = "";
    const timer = setTimeout(() => fail(`no answer within ${START_TIMEOUT_MS / 1000} s`), START_TIMEOUT_MS);
    const fail = (what: string): void => {
      clearTimeout(timer);
      reject(new SimulatorError(`AWS simulator: ${what}\n${stderr}`.trimEnd()));
    };
    child.stderr?.on("data", (chunk: Buffer) => {
      stderr = (stderr + chunk.toString()).slice(-STDERR_KEPT);
    });
    child.once("error", (error) => fail(error.message));
    child.once("close", (code) => fail(`ended with exit code ${code} instead of listening`));
    if (child.stdout) {
      createInterface({ input: child.stdout }).on("line", (line) => {
        const found = /^listening on (127\.0\.0\.1:\d+)$/.exec(line)?.[1];
        if (found) {
          clearTimeout(timer);
          resolve(`http://${found}`);
        }
      });
    }
  });
}
