import { randomUUID } from "node:crypto";
import { join as joinConversation, makeAgent, makeVisitor } from "../helpers/people";
import { type PostgresServer } from "../helpers/postgres";
import { type RedisServer } from "../helpers/redis";
import { type ServerProcess, startServer } from "../helpers/server-process";
import { createTestDatabase } from "../helpers/test-database";
import { type AgentPrincipal } from "../../server/domain/principal";
import { type SourcePatch } from "../helpers/source-patches";

/** The servers that all scenarios of a test file use, one after the other. */
export interface BackingServers {
  readonly postgres: PostgresServer;
  readonly redis: RedisServer;
}

export interface ScenarioOptions extends BackingServers {
  /** Patches of the server's sources. */
  readonly patches: readonly SourcePatch[];
  /** Two tasks share a Redis; one task has none. */
  readonly tasks: 1 | 2;
}

/** What a check works on: tasks, a conversation, and two agents who are its members. */
export interface Scenario {
  readonly postgres: PostgresServer;
  readonly redis: RedisServer;
  readonly task: ServerProcess;
  /** The second task. @throws Error when there is only one */
  readonly other: ServerProcess;
  readonly conversationId: string;
  readonly people: readonly [AgentPrincipal, AgentPrincipal];
  /** Creates a new message of the conversation. */
  readonly newMessage: () => {
    readonly conversationId: string;
    readonly clientMessageId: string;
    readonly body: string;
  };
  /** Starts the task again after it was killed. */
  readonly restart: () => Promise<ServerProcess>;
  readonly close: () => Promise<void>;
}

export async function openScenario({ patches, tasks, postgres, redis }: ScenarioOptions): Promise<Scenario> {
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
    const server = await startServer({ databaseUrl, patches, ...(tasks === 2 && { redisUrl: redis.url }) });
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
    newMessage: () => ({ conversationId, clientMessageId: randomUUID(), body: "hello" }),
    restart: start,
    close: async () => {
      for (const server of started) await server.stop(0);
    },
  };
}
