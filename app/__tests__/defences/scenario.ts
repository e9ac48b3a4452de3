import { randomUUID } from "node:crypto";
import { join as joinConversation, makeAgent, makeVisitor } from "../helpers/people";
import { type PostgresServer } from "../helpers/postgres";
import { type RedisServer } from "../helpers/redis";
import { type ServerProcess, startServer } from "../helpers/server-process";
import { createTestDatabase } from "../helpers/test-database";
import { type AgentPrincipal } from "../../server/domain/principal";
import { type SourcePatch } from "../helpers/source-patches";

/** What all worlds of a file stand on, one after the other. */
export interface BackingServers {
  readonly postgres: PostgresServer;
  readonly redis: RedisServer;
}

export interface ScenarioOptions extends BackingServers {
  /** What the server is without. */
  readonly changes: readonly SourcePatch[];
  /** Tasks behind one Redis; with one task there is none. */
  readonly tasks: 1 | 2;
}

/** What a check plays with: servers of its own, a conversation, and two agents who are in it. */
export interface Scenario {
  readonly postgres: PostgresServer;
  readonly redis: RedisServer;
  readonly task: ServerProcess;
  /** The other one. @throws Error when there is one task only */
  readonly other: ServerProcess;
  readonly conversationId: string;
  readonly people: readonly [AgentPrincipal, AgentPrincipal];
  /** A message of that conversation that was never sent before. */
  readonly text: () => { readonly conversationId: string; readonly clientMessageId: string; readonly body: string };
  /** Starts the task anew, after it was killed. */
  readonly restart: () => Promise<ServerProcess>;
  readonly close: () => Promise<void>;
}

export async function openScenario({ changes, tasks, postgres, redis }: ScenarioOptions): Promise<Scenario> {
  const database = await createTestDatabase(postgres);
  const databaseUrl = postgres.urlOf(
    await postgres.sql("select datname from pg_database where datname like 'test_%' order by oid desc limit 1"),
  );
  const { conversationId } = await makeVisitor(database);
  const people = [await makeAgent(database), await makeAgent(database)] as const;
  for (const person of people) await joinConversation(database, conversationId, person);
  await database.close();

  const started: ServerProcess[] = [];
  const start = async (): Promise<ServerProcess> => {
    const server = await startServer({ databaseUrl, changes, ...(tasks === 2 && { redisUrl: redis.url }) });
    started.push(server);
    return server;
  };
  const task = await start();
  const other = tasks === 2 ? await start() : undefined;
  return {
    postgres,
    task,
    conversationId,
    people,
    redis,
    get other() {
      if (other === undefined) throw new Error("this scenario has one task only");
      return other;
    },
    text: () => ({ conversationId, clientMessageId: randomUUID(), body: "hello" }),
    restart: start,
    close: async () => {
      for (const server of started) await server.stop(0);
    },
  };
}
