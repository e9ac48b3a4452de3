import { type AppProcess, startApp } from "./app-process";
import { bundleWithoutPages } from "./bundle";
import { type SourcePatch } from "./source-patches";
import { MemoryIdentity, TICKET_SECRET } from "./memory-identity";
import { ORIGIN } from "./task";

export interface ServerProcessOptions {
  readonly databaseUrl: string;
  /** @default the in-memory adapter */
  readonly redisUrl?: string;
  readonly adapter?: "redis" | "sharded-redis";
  readonly patches?: readonly SourcePatch[];
  readonly env?: Readonly<Record<string, string>>;
  readonly port?: number;
}

/** The variables that every deployed environment sets, except those of database and adapter. */
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

/** The real server in its own process, without pages. It accepts the tickets of `identity`. */
export interface ServerProcess extends AppProcess {
  readonly identity: MemoryIdentity;
}

export async function startServer(options: ServerProcessOptions): Promise<ServerProcess> {
  const { databaseUrl, redisUrl, adapter = "redis", patches, env, port } = options;
  const server = await bundleWithoutPages(patches);
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
