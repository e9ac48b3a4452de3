import { once } from "node:events";
import { getRequestListener } from "@hono/node-server";
import { API_LIMITS, createApi, LOCAL_REQUEST_QUOTA } from "./api";
import { type Configuration } from "./configuration";
import { type ClusterAdapter } from "./cluster-adapter/cluster-adapter";
import { createClusterAdapter } from "./cluster-adapter/create-cluster-adapter";
import { clientAddress } from "./http/client-address";
import { createHttpServer } from "./http/http-server";
import { createAuthBackend, SIGN_IN_LIMITS, SignIn } from "./identity";
import { LocalQuota, withLocalQuota } from "./limits/local-quota";
import { type Limit, type Limiter, sharedLimiter } from "./limits/limiter";
import { openServices, type Services } from "./open-services";
import { Drain } from "./operations/drain";
import { createHealth } from "./operations/health";
import { type Log } from "./operations/log";
import { Metrics } from "./operations/metrics";
import { provideAuthBackend } from "./pages/auth-backend";
import { pageEnvironment } from "./pages/environment";
import { startPages } from "./pages/start";
import { createRealtime, type Realtime } from "./realtime/realtime-server";

/** One running server. */
export interface Task {
  readonly services: Services;
  /** The orderly way out, within the contract's budget; called again, it makes haste. */
  close(): Promise<void>;
}

/**
 * Puts the parts together and listens. Neither PostgreSQL nor Redis has to be there: a task that starts while one of them is away
 * tells so by its readiness, and works when it is back.
 */
export async function startTask(configuration: Configuration, log: Log): Promise<Task> {
  const { allowedOrigins, hostname, port, serviceName, trustedProxyHops } = configuration;
  const metrics = new Metrics({ service: serviceName });
  const services = await openServices(configuration, (error) => log.warn({ err: error }, "an idle connection broke"));
  const { database, identity, messages } = services;
  const clusterAdapter = openClusterAdapter(configuration, log);
  const realtime = createRealtime({
    messages,
    identity,
    clusterAdapter,
    log,
    metrics,
    allowedOrigins,
    trustedProxyHops,
  });
  const isDraining = (): boolean => realtime.inFlight.draining;
  const gauges = {
    openConnections: () => realtime.openConnections(),
    adapterConnected: () => clusterAdapter.isConnected(),
  };

  const api = restOf(services, realtime, clusterAdapter, configuration, log);
  const pages = await startPages({
    dev: !configuration.production,
    folder: process.cwd(),
    hostname,
    port,
    environment: pageEnvironment(configuration),
  });
  const server = createHttpServer({
    health: createHealth({
      isDraining,
      pingDatabase: () => database.ping(),
      isAdapterConnected: () => clusterAdapter.isConnected(),
    }),
    api: getRequestListener((request, { incoming }) =>
      api.fetch(request, { clientAddress: clientAddress(incoming, trustedProxyHops) }),
    ),
    pages,
    sockets: realtime,
    isDraining,
    trustedProxyHops,
    onError: (error) => log.error({ err: error }, "a request failed"),
  });
  server.listen(port, hostname);
  await once(server, "listening");
  metrics.start(gauges);

  const drain = new Drain({
    settle: () => realtime.inFlight.drain(),
    openConnections: () => realtime.openConnections(),
    closeConnections: (count) => realtime.closeConnections(count),
    server,
    log,
  });
  let closing: Promise<void> | undefined;
  return {
    services,
    close: () => {
      const drained = drain.run();
      closing ??= (async () => {
        await drained;
        await realtime.close();
        metrics.stop(gauges);
        clusterAdapter.close();
        await Promise.all([pages.close(), database.close()]);
      })();
      return closing;
    },
  };
}

function openClusterAdapter({ adapter, redis }: Configuration, log: Log): ClusterAdapter {
  if (adapter === "in-memory" || redis === undefined) return createClusterAdapter({ kind: "in-memory" });
  return createClusterAdapter({ kind: adapter, redis, log });
}

/** REST, and next-auth's way to accounts: both outside of the sockets, but with the same people, limits and notices. */
function restOf(
  services: Services,
  { notifier }: Realtime,
  { limiterStore }: ClusterAdapter,
  { allowedOrigins }: Configuration,
  log: Log,
) {
  const limited = <Name extends string>(limits: Readonly<Record<Name, Limit>>): Record<Name, Limiter> =>
    mapValues(limits, (limit) => sharedLimiter(limit, limiterStore));
  const { accounts, sessions } = services;
  const signIn = new SignIn(accounts, limited(SIGN_IN_LIMITS));
  provideAuthBackend(createAuthBackend({ accounts, sessions, signIn, notifier }));
  const limiters = limited(API_LIMITS);
  return createApi({
    ...services,
    notifier,
    allowedOrigins,
    limiters: { ...limiters, request: withLocalQuota(new LocalQuota(LOCAL_REQUEST_QUOTA), limiters.request) },
    onFault: (error, id) => log.error({ err: error, id }, "a request to the API failed"),
  });
}

function mapValues<Name extends string, From, To>(from: Readonly<Record<Name, From>>, change: (value: From) => To) {
  return Object.fromEntries(Object.entries<From>(from).map(([name, value]) => [name, change(value)])) as Record<
    Name,
    To
  >;
}
