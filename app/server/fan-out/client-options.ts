import { type RedisClientOptions } from "redis";
import { elasticacheTokens } from "./elasticache-token";

/** How a client finds out that Redis hangs: it asks this often, in milliseconds, … */
const PING_INTERVAL_MS = 1000;
/** … and gives a connection up that was silent for so long. */
const SOCKET_TIMEOUT_MS = 2500;
const CONNECT_TIMEOUT_MS = 3000;
const SHORTEST_RETRY_MS = 50;
const LONGEST_RETRY_MS = 2000;
const RETRY_JITTER_MS = 200;

export interface RedisAccess {
  /** `redis://` or `rediss://`, with a user. */
  readonly url: string;
  /** `iam` signs a token for each connection; `none` takes user and password as they stand in the URL. */
  readonly auth: "iam" | "none";
  /** For signing. */
  readonly region: string;
  /** Instead of the system's certificate authorities, PEM. */
  readonly ca?: string;
  /** Instead of ElastiCache's tokens. */
  readonly password?: () => Promise<string>;
}

type ClientOptions = Pick<
  RedisClientOptions,
  "pingInterval" | "credentialsProvider" | "disableOfflineQueue" | "maintNotifications" | "disableClientInfo"
>;

/**
 * Options of every client. The strategy is ours because node-redis's own gives up for ever after a socket timeout, and without a
 * socket timeout a hung Redis is never noticed. Nothing is queued while Redis is away: what was missed is read from the log.
 */
export function clientOptions(access: RedisAccess) {
  const url = new URL(access.url);
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const options: ClientOptions = {
    pingInterval: PING_INTERVAL_MS,
    disableOfflineQueue: true,
    maintNotifications: "disabled",
    disableClientInfo: true,
    credentialsProvider: credentials(access, url),
  };
  const socket = {
    host,
    port: url.port === "" ? 6379 : Number(url.port),
    connectTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SOCKET_TIMEOUT_MS,
    reconnectStrategy: retryAfterMs,
  };
  // With no `rejectUnauthorized` here, a certificate that does not fit ends the connection.
  return { ...options, socket: url.protocol === "rediss:" ? { ...socket, tls: true as const, ca: access.ca } : socket };
}

function retryAfterMs(retries: number): number {
  return Math.min(LONGEST_RETRY_MS, SHORTEST_RETRY_MS * 2 ** Math.min(retries, 10)) + Math.random() * RETRY_JITTER_MS;
}

/** Asked for anew at every connection, so that a token is never older than the connection. */
function credentials(access: RedisAccess, url: URL): ClientOptions["credentialsProvider"] {
  const username = decodeURIComponent(url.username);
  const fixed = decodeURIComponent(url.password);
  if (access.auth === "none" && username === "" && fixed === "") return undefined;
  const password =
    access.password ??
    (access.auth === "iam"
      ? elasticacheTokens({ host: url.hostname, user: username, region: access.region })
      : () => Promise.resolve(fixed));
  return {
    type: "async-credentials-provider",
    credentials: async () => ({ ...(username === "" ? {} : { username }), password: await password() }),
  };
}
