import { contract } from "../../contract";
import { type Log } from "./log";

/** Kept of the contract's budget for leaving by force, in milliseconds, when the orderly way takes too long. */
const MARGIN_MS = 5000;
/** After a fault of ours nothing is certain any more: the orderly way gets this long, in milliseconds. */
const AFTER_FAULT_MS = 5000;
const EXIT_LATE = 1;

export interface ShutdownOptions {
  readonly log: Log;
  /** Ends the process. */
  readonly exit: (code: number) => void;
}

/** How the process ends: in order when it is asked to, by force when that takes too long, and at once while it has nobody to lose. */
export class Shutdown {
  #close: (() => Promise<void>) | undefined;
  #leaving = false;

  constructor(private readonly options: ShutdownOptions) {}

  /** From now on there is something to close. Called again while it runs, `close` has to make haste. */
  ready(close: () => Promise<void>): void {
    this.#close = close;
  }

  /** Asked from outside. A second time means: faster. */
  request(signal: string): void {
    this.options.log.info({ signal }, "asked to stop");
    this.#exit(0, contract.container.drain.shutdownSec * 1000 - MARGIN_MS);
  }

  /** After something that nobody caught. */
  uncaughtError(code: number): void {
    this.#exit(code, AFTER_FAULT_MS);
    // Twice, for haste. What becomes of it was asked above.
    this.#close?.().catch(() => undefined);
  }

  #exit(code: number, withinMs: number): void {
    const { exit, log } = this.options;
    if (this.#close === undefined) return exit(code);
    const closing = this.#close();
    if (this.#leaving) return;
    this.#leaving = true;
    setTimeout(() => {
      log.error({ withinMs }, "the orderly way took too long");
      exit(code === 0 ? EXIT_LATE : code);
    }, withinMs).unref();
    closing.then(
      () => exit(code),
      (error: unknown) => {
        log.error({ err: error }, "could not close in order");
        exit(code === 0 ? EXIT_LATE : code);
      },
    );
  }
}
