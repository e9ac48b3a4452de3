import { resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { loadClient } from "../../../bench/faults/app-packages";
import { type StoredMessage } from "../../../bench/faults/audit/audit";
import { readStoredMessages } from "../../../bench/faults/audit/stored-messages";
import { Crowd } from "../../../bench/faults/crowd/crowd";
import { createPeople } from "../../../bench/faults/crowd/people";
import { databaseOf, topology } from "../../../bench/shared/topology";
import { startTwin } from "../../../tools/twin/start-twin";
import { imageOf } from "../../../tools/twin/tasks/image";
import { type Twin } from "../../../tools/twin/twin";
import { PointInTime } from "./point-in-time";

const IMAGE = resolve(__dirname, "../../../app/dist/image");
const MESSAGES_PER_SEC = 20;

let twin: Twin;
let crowd: Crowd;

beforeAll(async () => {
  twin = await startTwin({ topology, image: imageOf(IMAGE) });
  await twin.untilSteady();
});

afterAll(async () => {
  crowd?.stop();
  await twin?.stop();
});

async function writeFor(seconds: number): Promise<void> {
  crowd.startWriting(MESSAGES_PER_SEC);
  await wait(seconds * 1000);
  await crowd.stopWriting();
  await untilTrue(() => crowd.participants.every(({ waiting }) => waiting === 0));
}

async function untilTrue(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await wait(100);
}

function idsOf(stored: readonly StoredMessage[]): string[] {
  return stored.map(({ id }) => id);
}

/** Whether every client shows what the database has, no more and no less, in its order. */
async function showWhatIsStored(): Promise<boolean> {
  const stored = [...(await readStoredMessages(twin))].sort((a, b) => a.seq - b.seq);
  return crowd.screens().every(({ conversationId, shown }) => {
    const own = stored.filter((message) => message.conversationId === conversationId);
    return JSON.stringify(shown) === JSON.stringify(idsOf(own));
  });
}

it("restores every message that was acknowledged by then, and clients that have seen more recover", async () => {
  const backup = await PointInTime.begin(twin);
  crowd = new Crowd(twin, await createPeople(twin, { visitors: 4, agents: 2 }), await loadClient());
  await crowd.start();
  await writeFor(3);
  const [time, atMs] = [await backup.now(), crowd.journal.now()];
  const before = await readStoredMessages(twin);
  await writeFor(3);
  const after = await readStoredMessages(twin);
  expect(before.length).toBeGreaterThan(30);
  expect(after.length).toBeGreaterThan(before.length + 30);

  await twin.database.sql("truncate message", databaseOf(twin));
  expect(await readStoredMessages(twin)).toEqual([]);
  await backup.restore(time);

  const restored = await readStoredMessages(twin);
  const acknowledged = [...crowd.journal.attempts.values()].filter(({ ackedMs = Infinity }) => ackedMs < atMs);
  expect(acknowledged.length).toBeGreaterThan(30);
  const missing = acknowledged.filter(({ id }) => !idsOf(restored).includes(id));
  expect(missing).toEqual([]);
  expect(new Set(idsOf(restored))).toEqual(new Set(idsOf(before)));

  // The clients are ahead of the database, and the same numbers go to other messages now.
  await writeFor(2);
  await untilTrue(showWhatIsStored);
  expect(await twin.database.sql(GAPS, databaseOf(twin))).toBe("");
});

it("gets back what was acknowledged later, from the clients that wrote it and are still open", async () => {
  const acknowledged = [...crowd.journal.attempts.values()].filter(({ ackedMs }) => ackedMs !== undefined);
  const missing = async () => {
    const ids = new Set(idsOf(await readStoredMessages(twin)));
    return acknowledged.filter(({ id }) => !ids.has(id));
  };
  await untilTrue(async () => (await missing()).length === 0);
  await untilTrue(showWhatIsStored);
  const stored = idsOf(await readStoredMessages(twin));
  expect(new Set(stored).size).toBe(stored.length);
  expect(await twin.database.sql(GAPS, databaseOf(twin))).toBe("");
});

it("also shows the truth in a conversation where nobody has written since, once its clients reconnect", async () => {
  await twin.deploy({ force: true });
  await twin.untilSteady();
  await untilTrue(() => crowd.away === 0);
  await untilTrue(showWhatIsStored);
});

/** Conversations whose sequence numbers are not 1, 2, 3, … up to the one that they say is their last. */
const GAPS = `
select c.id from conversation c left join message m on m.conversation_id = c.id
group by c.id, c.last_seq having count(m.seq) <> c.last_seq or coalesce(max(m.seq), 0) <> c.last_seq`;
