import { systemClock } from "../deploy/service/system-clock";
import { type Clock } from "../deploy/service/clock";
import { InterruptedError } from "./errors";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Ctrl-C in two steps: the first ends the checks, the second the destruction. A running Terraform is told by both to finish what it does. */
export class Interruption {
  private readonly checks = new AbortController();
  private readonly destruction = new AbortController();

  /** Aborted by the first Ctrl-C. */
  get first(): AbortSignal {
    return this.checks.signal;
  }

  /** Aborted by the second Ctrl-C, or by the first while the environment is being destroyed. */
  get second(): AbortSignal {
    return this.destruction.signal;
  }

  /** Called while nothing but the destruction is left: the next Ctrl-C ends that. */
  beginDestruction(): void {
    this.checks.abort();
  }

  interrupt(): void {
    (this.first.aborted ? this.destruction : this.checks).abort();
  }

  /** Interrupts at each signal of the process while `work` goes on. */
  async during<T>(work: () => Promise<T>, onInterrupt: (isFirst: boolean) => void): Promise<T> {
    const interrupt = () => {
      onInterrupt(!this.first.aborted);
      this.interrupt();
    };
    for (const name of SIGNALS) process.on(name, interrupt);
    try {
      return await work();
    } finally {
      for (const name of SIGNALS) process.removeListener(name, interrupt);
    }
  }
}

/**
 * Call before something begins that takes long.
 * @param rest what becomes of the rest; default: the checks are left out
 * @throws InterruptedError after Ctrl-C
 */
export function requireUninterrupted(interrupted: AbortSignal, rest?: string): void {
  if (interrupted.aborted) throw new InterruptedError(rest);
}

/**
 * A clock that ends what waits on it with an InterruptedError. A wait with a signal of its own goes on: somebody else ends it, such as
 * the apply that it follows.
 */
export function interruptibleClock(interrupted: AbortSignal, clock: Clock = systemClock): Clock {
  return {
    now: () => clock.now(),
    sleep: async (ms, signal) => {
      if (signal === undefined) requireUninterrupted(interrupted);
      await clock.sleep(ms, signal ?? interrupted);
      if (signal === undefined) requireUninterrupted(interrupted);
    },
  };
}

/** Waits for work that nothing can stop, such as the smoke test; rejects as soon as it is interrupted. */
export async function unlessInterrupted<T>(interrupted: AbortSignal, work: () => Promise<T>): Promise<T> {
  requireUninterrupted(interrupted);
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(new InterruptedError());
    interrupted.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([work(), aborted]);
  } finally {
    interrupted.removeEventListener("abort", stop);
  }
}
