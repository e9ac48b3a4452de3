import { once } from "node:events";
import { type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { compose, type Composition, type Services } from "./composition";
import { type Configuration } from "./configuration";
import { clientAddress } from "./http/client-address";
import { createHttpServer } from "./http/http-server";
import { Drain } from "./operations/drain";
import { createHealth } from "./operations/health";
import { type Log } from "./operations/log";
import { provideAuthBackend } from "./pages/auth-backend";
import { pageEnvironment } from "./pages/environment";
import { FairPages } from "./pages/fair-pages";
import { type Pages } from "./pages/pages";
import { startPages } from "./pages/start";
import { type Realtime } from "./realtime/realtime-server";

/** One running server. */
export interface Task {
  readonly services: Services;
  /** Drains and closes everything, within the contract's drain budget. A second call skips the drain delay. */
  close(): Promise<void>;
}

/**
 * Composes the server and listens. Neither PostgreSQL nor Redis has to be reachable: while one is not, readiness says so, and the task works
 * once it is back.
 */
export async function startTask(configuration: Configuration, log: Log): Promise<Task> {
  const { hostname, port } = configuration;
  const composition = await compose(configuration, log);
  provideAuthBackend(composition.authBackend);
  const started = await startPages({
    dev: !configuration.production,
    folder: process.cwd(),
    hostname,
    port,
    environment: pageEnvironment(configuration),
  });
  // In development, a page is compiled when it is first requested, while the others of the same browser wait.
  const pages = configuration.production ? new FairPages(started) : started;
  const server = httpServerOf(composition, pages, configuration, log);
  server.listen(port, hostname);
  await once(server, "listening");
  const { services, realtime, clusterAdapter, metrics, searchIndexer } = composition;
  const gauges = {
    openConnections: () => realtime.openConnections(),
    adapterConnected: () => clusterAdapter.isConnected(),
  };
  metrics.start(gauges);
  searchIndexer.start();
  const close = async (): Promise<void> => {
    searchIndexer.stop();
    await realtime.close();
    metrics.stop(gauges);
    clusterAdapter.close();
    await Promise.all([pages.close(), services.database.close()]);
  };
  return { services, close: drainThen(close, realtime, server, log) };
}

function httpServerOf(
  { services, clusterAdapter, realtime, api }: Composition,
  pages: Pages,
  { trustedProxyHops }: Configuration,
  log: Log,
): Server {
  const isDraining = (): boolean => realtime.inFlight.draining;
  return createHttpServer({
    health: createHealth({
      isDraining,
      pingDatabase: () => services.database.ping(),
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
}

/** Returns a function that drains and then closes. Calling it again skips the drain delay, and closes once. */
function drainThen(close: () => Promise<void>, realtime: Realtime, server: Server, log: Log): () => Promise<void> {
  const drain = new Drain({
    settle: () => realtime.inFlight.drain(),
    openConnections: () => realtime.openConnections(),
    closeConnections: (count) => realtime.closeConnections(count),
    server,
    log,
  });
  let closing: Promise<void> | undefined;
  return () => {
    const drained = drain.run();
    closing ??= drained.then(close);
    return closing;
  };
}
