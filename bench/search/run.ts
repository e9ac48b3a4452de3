import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { migrateDatabase } from "../../app/server/data/migrate";
import { postgresOptions } from "../../app/server/data/open-database";
import { Postgres } from "../../app/server/data/postgres";
import { configurationOf } from "../../app/__tests__/helpers/test-database";
import { PostgresServer } from "../../tools/servers/postgres";
import { ROOT } from "../shared/bundle";
import { machine, rounded } from "../shared/machine";
import { fill } from "./fill";
import { measureTokens, measureTrigrams, type Variant } from "./measure";
import { type Result, report, TARGET_P95_MS, verdictOf } from "./report";

const USAGE = `make bench-search: measures how long agents wait for a search, and compares the app's index with pg_trgm.

  node --import tsx bench/search/run.ts [--messages 1000000] [--only-app] [--baseline]

--messages  how many messages are searched
--only-app  leaves out pg_trgm
--baseline  writes the committed result

Exits with 1 if a kind of search takes more than ${TARGET_P95_MS} ms (p95) with the app's index.`;

/** Enough for building an index; the limits of the app are for its own statements. */
const LIMITS = { connections: 1, statementMs: 3_600_000, answerMs: 3_600_000, connectMs: 60_000 };
const SETTINGS = { shared_buffers: "512MB", maintenance_work_mem: "256MB", work_mem: "4MB", max_wal_size: "4GB" };

async function measure(messages: number, onlyApp: boolean): Promise<Result> {
  const server = await PostgresServer.start({ settings: SETTINGS });
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  try {
    const configuration = configurationOf(await server.createDatabase());
    await migrateDatabase({ database: configuration, appUser: undefined });
    const database = new Postgres({ ...postgresOptions(configuration), limits: LIMITS });
    const conversations = await fill(database, messages, (stored) => {
      if (stored % 100_000 === 0) say(`${stored} messages stored`);
    });
    const variants: Variant[] = [await measureTokens(database, Math.ceil(messages / conversations))];
    say("app's index measured");
    if (!onlyApp) variants.push(await measureTrigrams(database));
    await database.close();
    return { messages, conversations, variants };
  } finally {
    await server.close();
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      messages: { type: "string", default: "1000000" },
      "only-app": { type: "boolean", default: false },
      baseline: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  const messages = Number(values.messages);
  if (!Number.isInteger(messages) || messages < 1000) {
    throw new Error(`--messages: expected a whole number of at least 1000, got ${values.messages}.`);
  }
  const result = await measure(messages, values["only-app"]);
  const folder = join(__dirname, "results");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, values.baseline ? "baseline.json" : "latest.local.json");
  writeFileSync(file, `${JSON.stringify({ machine: machine(), ...result }, rounded, 2)}\n`);
  const page = report(result);
  if (values.baseline) writeFileSync(join(folder, "baseline.md"), page);
  console.log(page);
  console.log(`Written to ${relative(ROOT, file)}`);
  const problem = verdictOf(result);
  if (problem !== undefined) throw new Error(problem);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
