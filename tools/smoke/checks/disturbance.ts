import { setTimeout as delay } from "node:timers/promises";
import { type Check, CheckFailed, NotChecked, type SmokeRun } from "../check";
import { type Client } from "../client/client";
import { expectAll } from "./messages";

/** Pause after each message of a client while the deployment is disturbed. */
const PAUSE_MS = 250;

export const disturbance: Check = {
  id: "disturbance",
  title: "Reconnect after a task stops",
  needs: ["delivery"],
  async run(run) {
    const { disturb, disturbSec } = run.options;
    if (disturb === undefined) throw new NotChecked("--disturb was not given");
    const clients = run.clients!;
    const before = reconnectsOf(clients);
    const writing = new AbortController();
    const writers = clients.map((client) => writeUntil(client, writing.signal));
    try {
      await disturb();
      await untilReconnected(clients, before, disturbSec);
    } finally {
      writing.abort();
    }
    const ids = (await Promise.all(writers)).flat();
    run.written += ids.length;
    for (const client of clients) await expectAll(client, ids, run.options.timeoutSec);
    const count = reconnectsOf(clients) - before;
    return `${count} ${count === 1 ? "reconnect" : "reconnects"}; both clients have all ${ids.length} acknowledged messages`;
  },
};

function reconnectsOf(clients: SmokeRun["clients"] & object): number {
  return clients.reduce((sum, { reconnects }) => sum + reconnects, 0);
}

/** Waits until a connection was lost and every client is online again. @throws CheckFailed when that does not happen in time */
async function untilReconnected(clients: readonly [Client, Client], before: number, withinSec: number): Promise<void> {
  const endsAt = performance.now() + withinSec * 1000;
  while (reconnectsOf(clients) === before || clients.some(({ isOnline }) => !isOnline)) {
    if (performance.now() > endsAt) {
      const offline = clients.filter(({ isOnline }) => !isOnline).length;
      throw offline > 0 ? neverBack(offline, withinSec) : nothingStopped(withinSec);
    }
    await delay(20);
  }
}

function neverBack(offline: number, withinSec: number): CheckFailed {
  return new CheckFailed({
    found: `two clients of a task that stopped: expected both online within ${withinSec} s, got ${offline} offline`,
    cause:
      "No other task accepts connections: none is healthy, or the load balancer still sends clients to the stopped one.",
    remedy: "make status ENV=<environment> shows targets and events.",
  });
}

function nothingStopped(withinSec: number): CheckFailed {
  return new CheckFailed({
    found: `--disturb: expected it to close a connection within ${withinSec} s, got none closed`,
    cause:
      "The command stopped nothing, another task than those of the two clients, or the drain takes longer than that.",
    remedy: "Stop a task of this deployment, or raise --disturb-within beyond its drain budget.",
  });
}

/** Writes messages until the signal, and returns the ids of those that were acknowledged. */
async function writeUntil(client: Client, signal: AbortSignal): Promise<string[]> {
  const ids: string[] = [];
  while (!signal.aborted) {
    const written = await client.write("Smoke test").catch(() => undefined);
    if (written !== undefined) ids.push(written.clientMessageId);
    await delay(PAUSE_MS);
  }
  return ids;
}
