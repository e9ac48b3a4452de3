import { percentile } from "../../shared/statistics";
import { type RawSocket } from "../../../tools/load/raw-socket";
import { deliveriesOf } from "../audit/latency";
import { connectRaw } from "../crowd/idle-clients";
import { type HttpClient } from "../crowd/http-client";
import { registerVisitor } from "../crowd/people";
import { type Fault } from "../fault";
import { type Stage } from "../stage";

/** Outside the crowd's client indices and those of other misbehaving clients. */
const FIRST_CLIENT_INDEX = 220;
const MESSAGES = 2000;
const LONGEST_MESSAGE = "界".repeat(4000);
const SOCKETS = 4;
const INTERVAL_MS = 100;
/** Long enough for a thousand deliveries, of which the slowest hundredth is ten. */
const PERIOD_SEC = 25;
const MAX_RATIO = 2;
/** A quarter vCPU is given out in tenths of a second: twice this is one such period, which a delivery may have to wait by chance. */
const MIN_QUIET_MS = 50;

/** Stores a conversation of the longest messages by SQL: sending them would take minutes. */
async function fill(stage: Stage, conversationId: string, visitorId: string): Promise<void> {
  await stage.sql(
    `insert into message (conversation_id, seq, client_message_id, sender_kind, sender_id, sender_name, body, created_at)
     select '${conversationId}', n, gen_random_uuid(), 'visitor', '${visitorId}', 'Heavy reader', '${LONGEST_MESSAGE}', now()
     from generate_series(1, ${MESSAGES}) n;
     update conversation set last_seq = ${MESSAGES} where id = '${conversationId}';`,
  );
}

/** Removes what nobody of the crowd wrote, which the audit would report. */
async function empty(stage: Stage, conversationId: string): Promise<void> {
  await stage.sql(
    `delete from message where conversation_id = '${conversationId}';
     update conversation set last_seq = 0 where id = '${conversationId}';`,
  );
}

/** Returns the p99 of the crowd's deliveries of the messages written in a period, in milliseconds. */
async function deliveryP99(stage: Stage, during: () => Promise<void>): Promise<number> {
  const { journal } = stage.crowd;
  const begin = journal.now();
  await during();
  const end = journal.now();
  // The last ones are still on their way.
  await stage.wait(1);
  const deliveries = deliveriesOf(journal.attempts.values()).filter(({ atMs }) => atMs >= begin && atMs < end);
  return percentile(
    deliveries.map(({ ms }) => ms),
    0.99,
  );
}

/** Requests the beginning of the conversation over each socket and by REST, whether or not earlier requests were answered. */
async function readAgainAndAgain(
  stage: Stage,
  { sockets, http, path, cookie, conversationId }: HeavyReader,
): Promise<void> {
  const requests: Promise<unknown>[] = [];
  for (let time = 0; time < (PERIOD_SEC * 1000) / INTERVAL_MS; time++) {
    for (const socket of sockets) void socket.request("sync", { conversations: { [conversationId]: 0 } });
    requests.push(http.send("GET", path, { headers: { cookie } }).catch(() => undefined));
    await stage.wait(INTERVAL_MS / 1000);
  }
  await Promise.all(requests);
}

interface HeavyReader {
  readonly sockets: readonly RawSocket[];
  readonly http: HttpClient;
  readonly path: string;
  readonly cookie: string;
  readonly conversationId: string;
}

async function compare(stage: Stage): Promise<void> {
  const http = stage.crowd.httpClient(FIRST_CLIENT_INDEX);
  const person = await registerVisitor(http, "Heavy reader");
  const conversationId = person.conversationIds[0]!;
  await fill(stage, conversationId, person.principal.userId);
  const sockets = await Promise.all(Array.from({ length: SOCKETS }, () => connectRaw(http, person)));
  const path = `/api/conversations/${conversationId}/messages?after=0&as=visitor`;
  const { cookie } = person;
  try {
    const quietMs = await deliveryP99(stage, () => stage.wait(PERIOD_SEC));
    const gotMs = await deliveryP99(stage, () =>
      readAgainAndAgain(stage, { sockets, http, path, cookie, conversationId }),
    );
    const atMostMs = MAX_RATIO * Math.max(quietMs, MIN_QUIET_MS);
    stage.measured({ what: "p99 of others' deliveries while one customer reads without end", gotMs, atMostMs });
    if (gotMs > atMostMs) throw new Error(`others' deliveries became slower than ${MAX_RATIO} times the quiet run`);
  } finally {
    for (const socket of sockets) socket.close();
    await empty(stage, conversationId);
  }
}

/** One customer who costs more than all others. */
export const heavyReaderFaults: readonly Fault[] = [
  {
    name: "heavy-reader",
    what: `one customer requests the beginning of a conversation of ${MESSAGES} longest messages fifty times per second for ${PERIOD_SEC} s`,
    act: compare,
  },
];
