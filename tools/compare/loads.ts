import { DEFAULT_LOAD, type Load } from "../prices/load";

/** The loads of docs/patterns.md, in open connections. */
export const CONNECTIONS = [100, 1000, 5000] as const;

/** Returns the default load of `make cost` with every rate in proportion to the connections. */
export function loadFor(connections: number): Load {
  const share = connections / DEFAULT_LOAD.connections;
  return {
    ...DEFAULT_LOAD,
    connections,
    newConnectionsPerSec: DEFAULT_LOAD.newConnectionsPerSec * share,
    messagesPerSec: DEFAULT_LOAD.messagesPerSec * share,
    requestsPerSec: DEFAULT_LOAD.requestsPerSec * share,
  };
}
