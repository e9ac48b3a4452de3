import { type TerraformEvent } from "../terraform/events";

export interface ProgressOptions {
  /** Prints one line. */
  readonly print: (line: string) => void;
  /** Print a line for every finished resource (a terminal), or at most one line in `quietMs` (a log). */
  readonly everyResource: boolean;
  /** Width of the stack column. */
  readonly width: number;
  /** @default Date.now */
  readonly now?: () => number;
  /** Milliseconds between two lines of one stack, unless everyResource. @default 10 000 */
  readonly quietMs?: number;
}

const QUIET_MS = 10_000;

/** Prints Terraform's events for one stack as short lines: `messenger-crm-dev  apply  37/120  aws_lb.alb (60 s)`. */
export class Progress {
  private phase = "";
  private total = 0;
  private done = 0;
  private lastPrinted = 0;

  public constructor(
    private readonly stack: string,
    private readonly options: ProgressOptions,
  ) {}

  /** Starts a phase. @param total resources that it will change */
  public begin(phase: string, total = 0): void {
    this.phase = phase;
    this.total = total;
    this.done = 0;
    this.line(total === 0 ? "..." : `0/${total}`);
  }

  public event(event: TerraformEvent): void {
    switch (event.type) {
      case "apply_complete":
        this.done += 1;
        this.resource(event.hook.resource.addr, `(${event.hook.elapsed_seconds ?? 0} s)`);
        break;
      case "apply_errored":
        this.line(`${this.count()}  ${event.hook.resource.addr} FAILED`);
        break;
      case "apply_progress":
        if (this.isQuietOver()) {
          this.line(`${this.count()}  waiting for ${event.hook.resource.addr} (${event.hook.elapsed_seconds ?? 0} s)`);
        }
        break;
      default:
        break;
    }
  }

  /** Prints a line about the whole phase, such as its outcome. */
  public note(text: string): void {
    this.line(text);
  }

  private resource(address: string, detail: string): void {
    if (this.options.everyResource || this.done === this.total || this.isQuietOver()) {
      this.line(`${this.count()}  ${address} ${detail}`);
    }
  }

  private count(): string {
    return this.total === 0 ? String(this.done) : `${this.done}/${this.total}`;
  }

  private isQuietOver(): boolean {
    return this.now() - this.lastPrinted >= (this.options.quietMs ?? QUIET_MS);
  }

  private line(text: string): void {
    this.lastPrinted = this.now();
    this.options.print(`${this.stack.padEnd(this.options.width)}  ${this.phase.padEnd(11)}  ${text}`);
  }

  private now(): number {
    return (this.options.now ?? Date.now)();
  }
}
