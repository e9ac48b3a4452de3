import { type RedisClientOptions } from "redis";
import { type RedisConfiguration } from "../configuration";
import { elasticacheTokens } from "./elasticache-token";

/** Milliseconds between two pings, by which a client notices that Redis does not respond. */
const PING_INTERVAL_MS = 1000;
/** Milliseconds without an answer after which a connection is closed. */
const SOCKET_TIMEOUT_MS = 2500;
const CONNECT_TIMEOUT_MS = 3000;
const MIN_RETRY_MS = 50;
const MAX_RETRY_MS = 2000;
const RETRY_JITTER_MS = 200;

type ClientOptions = Pick<
  RedisClientOptions,
  "pingInterval" | "credentialsProvider" | "disableOfflineQueue" | "maintNotifications" | "disableClientInfo"
>;

/**
 * Returns the options of every Redis client. With its default strategy, node-redis never reconnects after a socket timeout, and without a
 * socket timeout it never notices that Redis hangs. Commands are not queued while Redis is unavailable: clients catch up from the log.
 */
export function clientOptions(redis: RedisConfiguration) {
  const options: ClientOptions = {
    pingInterval: PING_INTERVAL_MS,
    disableOfflineQueue: true,
    maintNotifications: "disabled",
    disableClientInfo: true,
    credentialsProvider: credentials(redis),
  };
  const socket = {
    host: redis.host,
    port: redis.port,
    connectTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SOCKET_TIMEOUT_MS,
    reconnectStrategy: retryAfterMs,
  };
  return { ...options, socket: redis.tls === false ? socket : { ...redis.tls, ...socket, tls: true as const } };
}

function retryAfterMs(retries: number): number {
  return Math.min(MAX_RETRY_MS, MIN_RETRY_MS * 2 ** Math.min(retries, 10)) + Math.random() * RETRY_JITTER_MS;
}

/** Called for each connection, because tokens expire. */
function credentials({ host, user, auth }: RedisConfiguration): ClientOptions["credentialsProvider"] {
  const type = "async-credentials-provider";
  if (auth.kind === "iam") {
    const token = elasticacheTokens({ host, user: auth.user, region: auth.region });
    return { type, credentials: async () => ({ username: auth.user, password: await token() }) };
  }
  const { password } = auth;
  if (password === undefined) return undefined;
  const known = user === undefined ? { password } : { username: user, password };
  return { type, credentials: () => Promise.resolve(known) };
}
