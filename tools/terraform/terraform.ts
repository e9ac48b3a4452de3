import { run } from "../programs/child-process";
import { type Diagnostic, renderFailure } from "./diagnostics";
import { type PlanJson } from "./plan-json";
import { type StateJson } from "./state-json";
import { TerraformError } from "./errors";
import { type ChangeSummary, parseEvent, type TerraformEvent } from "./events";

export interface TerraformOptions {
  readonly program: string;
  readonly folder: string;
  /** The complete environment variables of the child process; see environment.ts. */
  readonly env: NodeJS.ProcessEnv;
  /** Prefix of error messages. */
  readonly label: string;
  /** Returns what the simulated AWS API printed; shown below Terraform's errors. @default nothing */
  readonly apiErrors?: () => string;
  /** Called with each event of plan, apply and destroy. */
  readonly onEvent?: (event: TerraformEvent) => void;
  /** Whether Ctrl-C lets Terraform finish what it does, write the state and release its lock. @default false: it is killed */
  readonly finishOnSignal?: boolean;
}

export interface PlanResult {
  /** Terraform's detailed exit code: 0 nothing to change, 2 something to change. */
  readonly exitCode: 0 | 2;
  readonly changes: Omit<ChangeSummary, "operation">;
}

/**
 * Each command loads the schemas of some 1,500 resource types and ends soon after. With Go's default, garbage collections that free little take
 * a quarter of the CPU time of a short command (measured); above the memory limit, Go collects more often again.
 */
const FEWER_COLLECTIONS = { GOGC: "400", GOMEMLIMIT: "800MiB" };

const NO_CHANGES = { add: 0, change: 0, remove: 0 };

/** Runs the real Terraform in one folder. Each method throws TerraformError with Terraform's own errors in full. */
export class Terraform {
  public constructor(private readonly options: TerraformOptions) {}

  public async init(): Promise<void> {
    const { code, stdout, stderr } = await this.command("init", ["-no-color"]);
    if (code !== 0) {
      throw this.failure("init", stderr.trim() || stdout.trim());
    }
  }

  public async validate(): Promise<void> {
    const { code, stdout, stderr } = await this.command("validate", ["-json"]);
    if (code !== 0) {
      const parsed = stdout.startsWith("{") ? (JSON.parse(stdout) as { diagnostics: Diagnostic[] }) : undefined;
      throw this.failure("validate", parsed ? renderFailure(parsed.diagnostics) : stderr);
    }
  }

  /**
   * Plans and saves the plan to `planFile` (inside the folder).
   * @param options.destroy plan the destruction of everything instead
   */
  public async plan(planFile: string, { destroy = false } = {}): Promise<PlanResult> {
    const args = ["-detailed-exitcode", `-out=${planFile}`, ...(destroy ? ["-destroy"] : [])];
    const { code, changes } = await this.operation("plan", args, [0, 2]);
    return { exitCode: code === 0 ? 0 : 2, changes };
  }

  /** Applies a saved plan and returns the number of changes. */
  public async apply(planFile: string): Promise<Omit<ChangeSummary, "operation">> {
    return (await this.operation("apply", [planFile], [0])).changes;
  }

  public async destroy(): Promise<Omit<ChangeSummary, "operation">> {
    return (await this.operation("destroy", ["-auto-approve"], [0])).changes;
  }

  /** Removes a resource from the state. It stays at AWS, and Terraform manages it no longer. */
  public async removeFromState(address: string): Promise<void> {
    const { code, stdout, stderr } = await this.command("state", ["rm", address]);
    if (code !== 0) {
      throw this.failure("state rm", stderr || stdout);
    }
  }

  public async showPlan(planFile: string): Promise<PlanJson> {
    return (await this.show([planFile])) as PlanJson;
  }

  public async showState(): Promise<StateJson> {
    return (await this.show([])) as StateJson;
  }

  private async show(args: readonly string[]): Promise<unknown> {
    const { code, stdout, stderr } = await this.command("show", ["-json", ...args]);
    if (code !== 0) {
      throw this.failure("show", stderr || stdout);
    }
    return JSON.parse(stdout);
  }

  private async operation(
    name: "plan" | "apply" | "destroy",
    args: readonly string[],
    good: readonly number[],
  ): Promise<{ code: number; changes: Omit<ChangeSummary, "operation"> }> {
    const diagnostics: Diagnostic[] = [];
    let changes: Omit<ChangeSummary, "operation"> = NO_CHANGES;
    const onLine = (line: string): void => {
      const event = parseEvent(line);
      if (event?.type === "diagnostic") {
        diagnostics.push(event.diagnostic);
      } else if (event?.type === "change_summary") {
        changes = event.changes;
      }
      if (event) {
        this.options.onEvent?.(event);
      }
    };
    const { code, stderr, stdout } = await this.command(name, ["-json", ...args], onLine);
    if (code === null || !good.includes(code)) {
      throw this.failure(name, renderFailure(diagnostics) || stderr || stdout || `exit code ${code}`);
    }
    return { code, changes };
  }

  private command(name: string, args: readonly string[], onLine?: (line: string) => void): ReturnType<typeof run> {
    const { program, folder, env, finishOnSignal } = this.options;
    const options = { cwd: folder, env: { ...FEWER_COLLECTIONS, ...env }, onLine };
    return run(program, [name, ...args], { ...options, onSignal: finishOnSignal ? "forward" : "kill" });
  }

  private failure(name: string, text: string): TerraformError {
    const apiErrors = this.options.apiErrors?.();
    const below = apiErrors ? `\n\nErrors of the AWS simulator:\n${apiErrors}` : "";
    return new TerraformError(`${this.options.label}: terraform ${name} failed\n\n${text}${below}`);
  }
}
