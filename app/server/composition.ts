import { API_LIMITS, type Api, createApi, LOCAL_REQUEST_QUOTA } from "./api";
import { type ClusterAdapter } from "./cluster-adapter/cluster-adapter";
import { createClusterAdapter } from "./cluster-adapter/create-cluster-adapter";
import { type Configuration } from "./configuration";
import { PostgresConversations } from "./conversations";
import { type Database } from "./data/database";
import { openDatabase } from "./data/open-database";
import { SIGN_IN_LIMITS } from "./domain/sign-in";
import {
  PasswordHashes,
  PostgresAccounts,
  PostgresIdentity,
  PostgresKnownAddresses,
  PostgresSessions,
  PostgresVisitors,
  Tickets,
} from "./identity";
import { type Limit, type Limiter, sharedLimiter } from "./limits/limiter";
import { LocalQuota, withLocalQuota } from "./limits/local-quota";
import { type MessageLog } from "./domain/ports/message-log";
import { type MessageSearch } from "./domain/ports/message-search";
import { FairMessageLog, PostgresMessageLog } from "./messages";
import { type Log } from "./operations/log";
import { Metrics } from "./operations/metrics";
import { type AuthBackend } from "./pages/auth-backend";
import { createAuthBackend } from "./pages/create-auth-backend";
import { createRealtime, type Realtime } from "./realtime/realtime-server";
import { FairSearch, PostgresSearch, SearchIndexer } from "./search";

/** The domain's ports on one database. */
export interface Services {
  readonly database: Database;
  readonly messages: MessageLog;
  readonly conversations: PostgresConversations;
  readonly search: MessageSearch;
  readonly identity: PostgresIdentity;
  readonly sessions: PostgresSessions;
  readonly visitors: PostgresVisitors;
  readonly accounts: PostgresAccounts;
  readonly knownAddresses: PostgresKnownAddresses;
  readonly passwords: PasswordHashes;
}

/** Catch-ups that read from the database at the same time, with its default number of connections. */
const MAX_READS = 4;
/** Most statements of searches that run at the same time on one task. */
const MAX_SEARCHES = 2;

export interface ServicesOptions extends Pick<Configuration, "secrets" | "publicOrigin"> {
  /** Catch-ups that read from the database at the same time. @default 4 */
  readonly maxReads?: number;
}

export function createServices(
  database: Database,
  { secrets, publicOrigin, maxReads = MAX_READS }: ServicesOptions,
): Services {
  const passwords = new PasswordHashes();
  return {
    database,
    messages: new FairMessageLog(new PostgresMessageLog(database), { maxReads }),
    conversations: new PostgresConversations(database),
    search: new FairSearch(new PostgresSearch(database), { maxReads: Math.min(maxReads, MAX_SEARCHES) }),
    identity: new PostgresIdentity(database, new Tickets(secrets.SOCKET_TICKET_SECRET)),
    sessions: new PostgresSessions(database, secrets.NEXTAUTH_SECRET, publicOrigin),
    visitors: new PostgresVisitors(database, secrets.VISITOR_TOKEN_SECRET, publicOrigin.startsWith("https://")),
    accounts: new PostgresAccounts(database, passwords),
    knownAddresses: new PostgresKnownAddresses(database),
    passwords,
  };
}

/** Every part of the server, connected with each other; nothing listens yet. */
export interface Composition {
  readonly services: Services;
  readonly clusterAdapter: ClusterAdapter;
  readonly metrics: Metrics;
  readonly realtime: Realtime;
  readonly api: Api;
  readonly authBackend: AuthBackend;
  readonly searchIndexer: SearchIndexer;
}

/** Builds the server's parts: services on the database, and their adapters for sockets, REST and pages. */
export async function compose(configuration: Configuration, log: Log): Promise<Composition> {
  const { allowedOrigins, processNumber, serviceName, trustedProxyHops, transports } = configuration;
  const database = await openDatabase(configuration.database, (error) =>
    log.warn({ err: error }, "an idle connection broke"),
  );
  const services = createServices(database, { ...configuration, maxReads: maxReadsOf(configuration) });
  const clusterAdapter = openClusterAdapter(configuration, log);
  const metrics = new Metrics({ service: serviceName });
  const realtime = createRealtime({
    ...services,
    clusterAdapter,
    log,
    metrics,
    allowedOrigins,
    trustedProxyHops,
    processNumber,
    transports,
  });
  const { notifier } = realtime;
  const apiLimiters = sharedLimiters(API_LIMITS, clusterAdapter);
  const api = createApi({
    ...services,
    notifier,
    allowedOrigins,
    limiters: {
      ...apiLimiters,
      request: withLocalQuota(new LocalQuota(LOCAL_REQUEST_QUOTA), apiLimiters.request),
    },
    onError: (error, id) => log.error({ err: error, id }, "a request to the API failed"),
  });
  const authBackend = createAuthBackend({
    ...services,
    notifier,
    limiters: sharedLimiters(SIGN_IN_LIMITS, clusterAdapter),
    log,
  });
  const searchIndexer = new SearchIndexer({ database, log });
  return { services, clusterAdapter, metrics, realtime, api, authBackend, searchIndexer };
}

/** Leaves at least half of a small pool to those who send. */
function maxReadsOf({ database }: Configuration): number {
  const connections = database.kind === "postgres" ? database.connections : undefined;
  return connections === undefined ? MAX_READS : Math.min(MAX_READS, Math.max(1, Math.floor(connections / 2)));
}

function openClusterAdapter({ adapter, redis }: Configuration, log: Log): ClusterAdapter {
  if (adapter === "in-memory" || redis === undefined) return createClusterAdapter({ kind: "in-memory" });
  return createClusterAdapter({ kind: adapter, redis, log });
}

/** One limiter for each limit, shared by all tasks. */
function sharedLimiters<Name extends string>(
  limits: Readonly<Record<Name, Limit>>,
  { limiterStore }: ClusterAdapter,
): Record<Name, Limiter> {
  const entries = Object.entries<Limit>(limits).map(([name, limit]) => [name, sharedLimiter(limit, limiterStore)]);
  return Object.fromEntries(entries) as Record<Name, Limiter>;
}
