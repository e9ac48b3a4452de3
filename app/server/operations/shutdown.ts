import { contract } from "../../contract";
import { type Log } from "./log";

/** Milliseconds of the contract's drain budget that are kept for a forced exit. */
const MARGIN_MS = 5000;
/** Milliseconds for closing after an uncaught error, when the state of the process is unknown. */
const AFTER_ERROR_MS = 5000;
const EXIT_LATE = 1;

export interface ShutdownOptions {
  readonly log: Log;
  /** Ends the process. */
  readonly exit: (code: number) => void;
}

/** Ends the process: after closing when it is asked to stop, by force when closing takes too long, and at once while nothing is open. */
export class Shutdown {
  #close: (() => Promise<void>) | undefined;
  #exiting = false;

  constructor(private readonly options: ShutdownOptions) {}

  /** Registers the function to call before the exit. A second call of `close` while it runs has to skip its delays. */
  ready(close: () => Promise<void>): void {
    this.#close = close;
  }

  /** Handles a signal. A second signal skips the drain delay. */
  request(signal: string): void {
    this.options.log.info({ signal }, "asked to stop");
    this.#exit(0, contract.container.drain.shutdownSec * 1000 - MARGIN_MS);
  }

  /** Handles an uncaught error, which is logged already. */
  uncaughtError(code: number): void {
    this.#exit(code, AFTER_ERROR_MS);
    // The second call skips the drain delay; the first one's result is handled above.
    this.#close?.().catch(() => undefined);
  }

  #exit(code: number, withinMs: number): void {
    const { exit, log } = this.options;
    if (this.#close === undefined) return exit(code);
    const closing = this.#close();
    if (this.#exiting) return;
    this.#exiting = true;
    setTimeout(() => {
      log.error({ withinMs }, "closing took too long; exiting by force");
      exit(code === 0 ? EXIT_LATE : code);
    }, withinMs).unref();
    closing.then(
      () => exit(code),
      (error: unknown) => {
        log.error({ err: error }, "closing failed");
        exit(code === 0 ? EXIT_LATE : code);
      },
    );
  }
}
