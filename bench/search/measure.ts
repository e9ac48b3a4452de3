import { type Database } from "../../app/server/data/database";
import { type AgentPrincipal } from "../../app/server/domain/principal";
import { searchMessages } from "../../app/server/domain/search-messages";
import { indexTokens, searchTerms } from "../../app/protocol/search-text";
import { PostgresSearch } from "../../app/server/search/postgres-search";
import { STORE } from "../../app/server/search/statements";
import { percentile } from "../shared/statistics";
import { AGENT } from "./fill";
import { type QueryClass, queryClasses } from "./queries";

export interface Timing {
  readonly name: string;
  readonly scope: "10 % of it" | "everything";
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly failed: number;
}

export interface Variant {
  readonly name: string;
  /** What the index adds to the database, with the tables that only it needs. */
  readonly mebibytes: number;
  readonly buildSec: number;
  /** Microseconds of one message on an index of this size, in batches, with what an insert leaves to be done later. */
  readonly microsPerMessage: number;
  readonly timings: readonly Timing[];
}

const PAGE = 20;
const QUERIES = 40;
const BATCH = 500;
const INSERTED = 20_000;

const AGENTS: readonly AgentPrincipal[] = (["agent", "admin"] as const).map((role) => ({
  kind: "agent",
  userId: AGENT,
  name: "Agent",
  role,
  sessionId: "bench",
  expiresAt: 0,
}));

const run = (database: Database, text: string, values: readonly unknown[] = []) =>
  database.query<Record<string, number>>({ name: "", text }, values);

async function timed(task: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await task();
  return performance.now() - startedAt;
}

async function mebibytes(database: Database, relations: string): Promise<number> {
  const rows = await run(database, `select (${relations}) / 1048576.0::float8 as size`);
  return Number(rows[0]?.["size"] ?? 0);
}

type Search = (agent: AgentPrincipal, text: string) => Promise<unknown>;

async function timingsOf(classes: readonly QueryClass[], search: Search): Promise<readonly Timing[]> {
  const timings: Timing[] = [];
  for (const { name, texts } of classes) {
    for (const agent of AGENTS) {
      const took: number[] = [];
      let failed = 0;
      for (const text of texts) took.push(await timed(() => search(agent, text).catch(() => failed++)));
      const scope = agent.role === "admin" ? "everything" : "10 % of it";
      timings.push({ name, scope, p50Ms: percentile(took, 0.5), p95Ms: percentile(took, 0.95), failed });
    }
  }
  return timings;
}

interface Indexable {
  readonly conversation_id: string;
  readonly seq: number;
  readonly body: string;
  readonly created_at: Date;
}

/** Indexes messages as the app's indexer does, whose claim is left out: it finds them by conversation, of which all are behind here. */
async function indexTokensOf(database: Database, condition: string): Promise<number> {
  let count = 0;
  let [conversationId, seq]: [string, number] = ["00000000-0000-0000-0000-000000000000", 0];
  for (;;) {
    const text = `select conversation_id, seq, body, created_at from message
      where (conversation_id, seq) > ($1::uuid, $2::bigint) and ${condition} order by conversation_id, seq limit ${BATCH}`;
    const rows = await database.query<Indexable>({ name: "", text }, [conversationId, seq]);
    const last = rows.at(-1);
    if (last === undefined) return count;
    [conversationId, seq] = [last.conversation_id, last.seq];
    await database.query(STORE, [
      rows.map((row) => row.conversation_id),
      rows.map((row) => row.seq),
      rows.map(({ body }) => indexTokens(body).join(" ")),
      rows.map((row) => row.created_at),
    ]);
    count += rows.length;
  }
}

/** The app's own index. The last messages are indexed after the others, which shows what one message costs. */
export async function measureTokens(database: Database, lastSeq: number): Promise<Variant> {
  await run(database, "drop index message_search_tokens");
  const isLate = `seq = ${lastSeq}`;
  const buildMs = await timed(async () => {
    await indexTokensOf(database, `not (${isLate})`);
    await run(database, "create index message_search_tokens on message_search using gin (tokens)");
    await run(database, "analyze message_search, search_progress");
  });
  let late = 0;
  const lateMs = await timed(async () => {
    late = await indexTokensOf(database, isLate);
    await run(database, "select gin_clean_pending_list('message_search_tokens')");
  });
  await run(database, "vacuum analyze message_search");
  return {
    name: "own tokens, side table",
    mebibytes: await mebibytes(database, "pg_total_relation_size('message_search')"),
    buildSec: buildMs / 1000,
    microsPerMessage: (lateMs * 1000) / Math.max(1, late),
    timings: await timeTokens(database),
  };
}

/** Searches as the app does, comparison and pages included. */
export async function timeTokens(database: Database): Promise<readonly Timing[]> {
  const search = new PostgresSearch(database);
  return timingsOf(await queryClasses(database, QUERIES), (agent, text) =>
    searchMessages({ search }, agent, { terms: searchTerms(text), limit: PAGE, isCancelled: () => false }),
  );
}

const TRIGRAM_SEARCH = (scope: string) => `
select msg.*, v.name from message msg
join conversation c on c.id = msg.conversation_id join visitor v on v.id = c.visitor_id
where msg.body ilike '%' || $1 || '%' ${scope} order by msg.created_at desc limit ${PAGE}`;

/** pg_trgm on the messages themselves, which every insert would have to keep. */
export async function measureTrigrams(database: Database): Promise<Variant> {
  await run(database, "create extension if not exists pg_trgm");
  const buildMs = await timed(() =>
    run(database, "create index message_body_trgm on message using gin (body gin_trgm_ops)"),
  );
  await run(database, "create table late as select * from message order by client_message_id limit " + INSERTED);
  const copy =
    "insert into message select gen_random_uuid(), seq, client_message_id, sender_kind, sender_id, sender_name, body, created_at from late";
  // Foreign keys are not what is measured.
  await run(database, "alter table message drop constraint message_conversation_id_conversation_id_fk");
  const lateMs = await timed(async () => {
    await run(database, copy);
    await run(database, "select gin_clean_pending_list('message_body_trgm')");
  });
  await run(database, "drop index message_body_trgm");
  const bareMs = await timed(() => run(database, copy));
  await run(database, "create index message_body_trgm on message using gin (body gin_trgm_ops)");
  await run(database, "vacuum analyze message");
  const own = `and msg.conversation_id in (select m.conversation_id from conversation_member m where m.user_id = '${AGENT}')`;
  const classes = await queryClasses(database, QUERIES);
  return {
    name: "pg_trgm on the messages",
    mebibytes: await mebibytes(database, "pg_relation_size('message_body_trgm')"),
    buildSec: buildMs / 1000,
    microsPerMessage: ((lateMs - bareMs) * 1000) / INSERTED,
    timings: await timingsOf(classes, (agent, text) =>
      run(database, TRIGRAM_SEARCH(agent.role === "admin" ? "" : own), [text]),
    ),
  };
}
