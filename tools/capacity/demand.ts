import { DEFAULT_LOAD, type Load } from "../prices/load";
import { LIMITS } from "./limits";

/** What people do, for a number of them. */
export interface Demand {
  readonly connections: number;
  /** Messages that one open connection sends, a second. */
  readonly messagesPerConnection: number;
  readonly receiversPerMessage: number;
  readonly messageBytes: number;
  /** Connections that are opened again, a second, for each open one: page loads, networks that change. */
  readonly handshakesPerConnection: number;
  /** Pages and API calls a second for each open connection. */
  readonly requestsPerConnection: number;
}

/** The rates of `make cost`'s default load, for one connection: people who mostly read. */
export const QUIET = {
  messagesPerConnection: DEFAULT_LOAD.messagesPerSec / DEFAULT_LOAD.connections,
  receiversPerMessage: DEFAULT_LOAD.receiversPerMessage,
  messageBytes: DEFAULT_LOAD.messageBytes,
  handshakesPerConnection: DEFAULT_LOAD.newConnectionsPerSec / DEFAULT_LOAD.connections,
  requestsPerConnection: DEFAULT_LOAD.requestsPerSec / DEFAULT_LOAD.connections,
} as const;

/** Everybody writes a message a minute. */
export const BUSY = { ...QUIET, messagesPerConnection: 1 / 60 } as const;

const PING_INTERVAL_SEC = 25;

/** The same as `make cost` takes it; pings are counted as answers, since they leave by the same door. */
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
