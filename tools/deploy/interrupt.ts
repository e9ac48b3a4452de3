const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** Does the work with a signal that the first Ctrl-C aborts, so that it can say what goes on at AWS. The second ends the process. */
export async function untilInterrupted<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const abort = () => {
    for (const name of SIGNALS) process.removeListener(name, abort);
    controller.abort();
  };
  for (const name of SIGNALS) process.on(name, abort);
  try {
    return await work(controller.signal);
  } finally {
    for (const name of SIGNALS) process.removeListener(name, abort);
  }
}
