import { type AppProcess, startApp } from "./app-process";
import { bundleWithoutPages } from "./bundle";
import { type SourcePatch } from "./source-patches";
import { MemoryIdentity, TICKET_SECRET } from "./memory-identity";
import { ORIGIN } from "./task";

export interface ServerProcessOptions {
  readonly databaseUrl: string;
  /** Without one, the task is alone. */
  readonly redisUrl?: string;
  readonly adapter?: "redis" | "sharded-redis";
  readonly changes?: readonly SourcePatch[];
  readonly env?: Readonly<Record<string, string>>;
  readonly port?: number;
}

/** What every deployed environment sets, but for database and adapter. */
export const ENVIRONMENT = {
  AWS_REGION: "ap-northeast-1",
  SERVICE_NAME: "messenger-crm-test",
  NEXTAUTH_URL: ORIGIN,
  ALLOWED_ORIGINS: ORIGIN,
  NEXT_PUBLIC_SOCKET_URL: ORIGIN,
  DATABASE_AUTH: "none",
  LOG_LEVEL: "info",
  NEXTAUTH_SECRET: "n".repeat(48),
  SOCKET_TICKET_SECRET: TICKET_SECRET,
  VISITOR_TOKEN_SECRET: "v".repeat(48),
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: "k".repeat(32),
};

/** The real server in a process of its own, without pages, that knows the tickets of `identity`. */
export interface ServerProcess extends AppProcess {
  readonly identity: MemoryIdentity;
}

export async function startServer(options: ServerProcessOptions): Promise<ServerProcess> {
  const { databaseUrl, redisUrl, adapter = "redis", changes, env, port } = options;
  const server = await bundleWithoutPages(changes);
  const redis: Record<string, string> =
    redisUrl === undefined
      ? { SOCKET_ADAPTER: "in-memory" }
      : { SOCKET_ADAPTER: adapter, REDIS_URL: redisUrl, REDIS_AUTH: "none" };
  const app = await startApp({
    build: { server },
    ...(port === undefined ? {} : { port }),
    env: {
      ...ENVIRONMENT,
      DATABASE_URL: databaseUrl,
      ...redis,
      ...env,
    },
  });
  return { ...app, identity: new MemoryIdentity() };
}
