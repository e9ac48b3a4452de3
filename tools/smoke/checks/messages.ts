import { setTimeout as delay } from "node:timers/promises";
import { type Check, CheckFailed, NotChecked, type SmokeRun } from "../check";
import { Client } from "../client/client";
import { newVisitor, returningVisitor } from "../client/visitor";
import { unexpectedReply } from "../in-words";

/** Pause after each message: the application allows ten in a second on one connection. */
const PAUSE_MS = 120;
/** Messages written while the other client is cut off. */
const MISSED_MESSAGES = 3;

export const signIn: Check = {
  id: "sign-in",
  title: "Sign-in as a customer",
  needs: [],
  async run(run) {
    const { http, options } = run;
    if (options.readOnly) throw new NotChecked("--read-only");
    const known = await returningVisitor(http, options.session);
    const visitor = known ?? (await newVisitor(http, options.session));
    if ("refused" in visitor) throw unexpectedReply("POST /api/visitors", "a new customer", visitor.refused);
    run.visitor = visitor;
    return visitor.isNew
      ? "a new customer, Smoke test, with a conversation in the queue"
      : "the customer of an earlier run";
  },
};

export const delivery: Check = {
  id: "delivery",
  title: "Two clients hear each other",
  needs: ["handshake", "sign-in"],
  async run(run) {
    const [one, other] = await connectedClients(run);
    const { messages } = run.options;
    for (let count = 0; count < messages; count++) {
      const [writer, reader] = count % 2 === 0 ? [one, other] : [other, one];
      await deliver(run, writer, reader);
      await delay(PAUSE_MS);
    }
    const place = run.cookies![0] === run.cookies![1] ? "on the same task, or not known to be on two" : "on two tasks";
    return `${messages} messages, in both directions, each acknowledged and heard; ${place}`;
  },
};

async function connectedClients(run: SmokeRun): Promise<readonly [Client, Client]> {
  const { http, latencies, options, visitor } = run;
  const [first, second] = run.cookies ?? ["", ""];
  run.cookies = [first, second];
  const connect = (cookie: string) =>
    Client.connect({
      http,
      visitor: visitor!,
      cookie,
      timeoutMs: options.timeoutSec * 1000,
      onReconnect: (ms) => latencies.add("reconnect", ms),
    });
  run.clients = [await connect(first), await connect(second)];
  return run.clients;
}

/** Writes a message and takes the times until it is acknowledged and until the other client has it. */
async function deliver(run: SmokeRun, writer: Client, reader: Client): Promise<void> {
  const { latencies, options } = run;
  const started = performance.now();
  const { clientMessageId, ms } = await writer.write("Smoke test");
  run.written++;
  latencies.add("acknowledgement", ms);
  if (!(await reader.hears(clientMessageId, options.timeoutSec * 1000))) {
    throw new CheckFailed({
      found: `a message that was acknowledged: expected the other client to hear it within ${options.timeoutSec} s, got nothing`,
      cause:
        "Tasks do not pass events to each other: SOCKET_ADAPTER is in-memory with several tasks, or Redis is unreachable.",
      remedy: "The message is stored, and arrives when that client reconnects. Give the service a cache and fanOut.",
    });
  }
  latencies.add("delivery", performance.now() - started);
}

export const reconnect: Check = {
  id: "reconnect",
  title: "Reconnect after a cut",
  needs: ["delivery"],
  async run(run) {
    const [writer, reader] = run.clients!;
    reader.cut();
    const ids: string[] = [];
    for (let count = 0; count < MISSED_MESSAGES; count++) ids.push((await writer.write("Smoke test")).clientMessageId);
    run.written += MISSED_MESSAGES;
    if (!(await reader.resume(run.options.timeoutSec * 1000))) {
      throw new CheckFailed({
        found: `a client whose connection was cut: expected it online again within ${run.options.timeoutSec} s, got no connection`,
        cause: "New handshakes are refused or too slow, while the first ones of this run were accepted.",
        remedy: "Repeat the command; if it fails again, read the tasks' logs for refused handshakes (401, 429).",
      });
    }
    await expectAll(reader, ids, run.options.timeoutSec);
    return `back in ${Math.round(run.latencies.of("reconnect").at(-1) ?? 0)} ms, with the ${MISSED_MESSAGES} messages that it had missed`;
  },
};

/** @throws CheckFailed when a client misses one of these messages, which were acknowledged */
export async function expectAll(client: Client, ids: readonly string[], timeoutSec: number): Promise<void> {
  const heard = await Promise.all(ids.map((id) => client.hears(id, timeoutSec * 1000)));
  const missing = heard.filter((isHeard) => !isHeard).length;
  if (missing === 0) return;
  throw new CheckFailed({
    found: `${ids.length} acknowledged messages: expected all of them at the other client, got ${ids.length - missing}`,
    cause: "The messages are not in the log that clients catch up from, or reading it fails.",
    remedy: "This must never happen. Keep the logs of all tasks of this time, and report it.",
  });
}
