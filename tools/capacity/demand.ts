import { DEFAULT_LOAD, type Load } from "../prices/load";
import { LIMITS } from "./limits";

/** The use of the app by a number of connections. */
export interface Demand {
  readonly connections: number;
  /** Messages a second from each open connection. */
  readonly messagesPerConnection: number;
  readonly receiversPerMessage: number;
  readonly messageBytes: number;
  /** Reconnects a second for each open connection: page loads, changes of network. */
  readonly handshakesPerConnection: number;
  /** Pages and API calls a second for each open connection. */
  readonly requestsPerConnection: number;
}

/** The rates of `make cost`'s default load for one connection: people mostly read. */
export const QUIET = {
  messagesPerConnection: DEFAULT_LOAD.messagesPerSec / DEFAULT_LOAD.connections,
  receiversPerMessage: DEFAULT_LOAD.receiversPerMessage,
  messageBytes: DEFAULT_LOAD.messageBytes,
  handshakesPerConnection: DEFAULT_LOAD.newConnectionsPerSec / DEFAULT_LOAD.connections,
  requestsPerConnection: DEFAULT_LOAD.requestsPerSec / DEFAULT_LOAD.connections,
} as const;

/** One message a minute from each connection. */
export const BUSY = { ...QUIET, messagesPerConnection: 1 / 60 } as const;

const PING_INTERVAL_SEC = 25;

/** Converts a demand to the load of `make cost`. Pings are counted as responses, since both are data out to the internet. */
export function loadOf(demand: Demand): Load {
  const { connections } = demand;
  const requestsPerSec = connections * demand.requestsPerConnection;
  const pingBytes = (connections / PING_INTERVAL_SEC) * LIMITS.heartbeatBytes.value;
  return {
    ...DEFAULT_LOAD,
    connections,
    newConnectionsPerSec: connections * demand.handshakesPerConnection,
    messagesPerSec: connections * demand.messagesPerConnection,
    receiversPerMessage: demand.receiversPerMessage,
    messageBytes: demand.messageBytes,
    requestsPerSec,
    responseBytes: requestsPerSec === 0 ? 0 : DEFAULT_LOAD.responseBytes + pingBytes / requestsPerSec,
  };
}
