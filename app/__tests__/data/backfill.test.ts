import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import { openPglite } from "../../server/data/embedded-database";
import { migrateEmbedded, migrationsFolder } from "../../server/data/migrations";

interface Journal {
  readonly entries: readonly { readonly idx: number; readonly tag: string }[];
}

const folders: string[] = [];
let pglite: PGlite;

beforeEach(async () => {
  pglite = await openPglite();
});
afterEach(async () => {
  await pglite.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Brings the database to the state of a release whose last migration this is. */
async function migrateUpTo(tag: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "migrations-"));
  folders.push(folder);
  cpSync(migrationsFolder(), folder, { recursive: true });
  const path = join(folder, "meta", "_journal.json");
  const journal = JSON.parse(readFileSync(path, "utf8")) as Journal;
  const last = journal.entries.findIndex((entry) => entry.tag === tag);
  expect(last).toBeGreaterThanOrEqual(0);
  writeFileSync(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, last + 1) }));
  await migrate(drizzle(pglite), { migrationsFolder: folder });
}

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;

/** Adds a conversation whose last message came at noon. */
async function converse(n: number, taken = "now()"): Promise<void> {
  await pglite.query("insert into visitor (id, name) values ($1, 'Vera')", [id(n)]);
  await pglite.query(
    `insert into conversation (id, visitor_id, created_at, updated_at, taken_at)
     values ($1, $1, '2026-01-01T08:00:00Z', '2026-01-01T12:00:00Z', ${taken})`,
    [id(n)],
  );
}

async function agent(n: number, disabledAt: string | null, conversations: readonly number[]): Promise<void> {
  const values = [id(n), `${n}@example.com`, disabledAt];
  await pglite.query(
    "insert into app_user (id, email, name, role, disabled_at) values ($1, $2, 'A', 'agent', $3)",
    values,
  );
  for (const conversation of conversations) {
    await pglite.query("insert into conversation_member (conversation_id, user_id) values ($1, $2)", [
      id(conversation),
      id(n),
    ]);
  }
}

async function conversations(): Promise<readonly unknown[]> {
  const { rows } = await pglite.query<{ id: string; taken: boolean; queued_at: Date | null; members: number }>(`
    select c.id, c.taken_at is not null as taken, c.queued_at,
      (select count(*)::int from conversation_member m where m.conversation_id = c.id) as members
    from conversation c order by c.id`);
  return rows.map((row) => [Number(row.id.slice(-2)), row.taken, row.queued_at?.toISOString() ?? null, row.members]);
}

test("0005 returns the customers of agents who were disabled before to the queue, waiting since their last message", async () => {
  await migrateUpTo("0004_waiting-since");
  for (const n of [1, 2, 3]) await converse(n);
  await converse(4, "null");
  await pglite.query("update conversation set queued_at = null");
  await agent(11, "2026-01-02", [1, 2]);
  await agent(12, null, [2, 3]);
  await migrateEmbedded(pglite);
  expect(await conversations()).toEqual([
    [1, false, "2026-01-01T12:00:00.000Z", 0],
    [2, true, null, 1],
    [3, true, null, 1],
    [4, false, null, 0],
  ]);
});

test("0002 counts conversations that have members as taken", async () => {
  await migrateUpTo("0001_in-place-updates");
  for (const n of [1, 2]) {
    await pglite.query("insert into visitor (id, name) values ($1, 'Vera')", [id(n)]);
    await pglite.query("insert into conversation (id, visitor_id) values ($1, $1)", [id(n)]);
  }
  await agent(11, null, [1]);
  await migrateUpTo("0004_waiting-since");
  expect(await conversations()).toEqual([
    [1, true, null, 1],
    [2, false, null, 0],
  ]);
});
