import { type EnvironmentVariable, type SecretVariable } from "../../app/contract";
import { type PostgresServer } from "../../tools/servers/postgres";
import { type RedisServer } from "../../tools/servers/redis";

export type AppEnvironmentVariables = Readonly<Record<EnvironmentVariable | SecretVariable, string>>;

/** Returns all environment variables of the deployed app, with the addresses of local servers. */
export function appEnvironmentVariables(
  port: number,
  databaseUrl: string,
  redis: Pick<RedisServer, "url">,
): AppEnvironmentVariables {
  const origin = `http://127.0.0.1:${port}`;
  return {
    NODE_ENV: "production",
    PORT: String(port),
    HOSTNAME: "0.0.0.0",
    AWS_REGION: "ap-northeast-1",
    SERVICE_NAME: "messenger-crm-test",
    NEXTAUTH_URL: origin,
    ALLOWED_ORIGINS: origin,
    NEXT_PUBLIC_SOCKET_URL: origin,
    DATABASE_URL: databaseUrl,
    DATABASE_AUTH: "none",
    REDIS_URL: redis.url,
    REDIS_AUTH: "none",
    SOCKET_ADAPTER: "redis",
    LOG_LEVEL: "info",
    NEXTAUTH_SECRET: secret("session"),
    SOCKET_TICKET_SECRET: secret("ticket"),
    VISITOR_TOKEN_SECRET: secret("visitor"),
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: Buffer.from("twenty-four-bytes-of-key").toString("base64"),
  };
}

/** Returns the migration container's variables: the app's without its secrets, and the master user's credentials. */
export function migrationEnvironmentVariables(
  app: AppEnvironmentVariables,
  master: PostgresServer,
): Record<string, string> {
  const { username, password } = new URL(master.url);
  const plain = Object.entries(app).filter(([name]) => !/SECRET|KEY/.test(name));
  return { ...Object.fromEntries(plain), DATABASE_MASTER_CREDENTIALS: JSON.stringify({ username, password }) };
}

function secret(name: string): string {
  return `${name}-of-a-test-and-nothing-else`.padEnd(48, "-");
}
