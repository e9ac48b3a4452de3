import { type RedisClientOptions } from "redis";
import { type RedisConfiguration } from "../configuration";
import { elasticacheTokens } from "./elasticache-token";

/** How a client finds out that Redis hangs: it asks this often, in milliseconds, … */
const PING_INTERVAL_MS = 1000;
/** … and gives a connection up that was silent for so long. */
const SOCKET_TIMEOUT_MS = 2500;
const CONNECT_TIMEOUT_MS = 3000;
const SHORTEST_RETRY_MS = 50;
const LONGEST_RETRY_MS = 2000;
const RETRY_JITTER_MS = 200;

type ClientOptions = Pick<
  RedisClientOptions,
  "pingInterval" | "credentialsProvider" | "disableOfflineQueue" | "maintNotifications" | "disableClientInfo"
>;

/**
 * Options of every client. The strategy is ours because node-redis's own gives up for ever after a socket timeout, and without a
 * socket timeout a hung Redis is never noticed. Nothing is queued while Redis is away: what was missed is read from the log.
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
  return Math.min(LONGEST_RETRY_MS, SHORTEST_RETRY_MS * 2 ** Math.min(retries, 10)) + Math.random() * RETRY_JITTER_MS;
}

/** Asked for anew at every connection, so that a token is never older than the connection. */
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
