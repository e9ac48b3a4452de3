import { type IncomingMessage } from "node:http";
import { clientAddress } from "../http/client-address";

/** The part of Engine.IO's server that is used here. */
interface ConnectionSource {
  on(event: "connection", listener: (connection: CountedConnection) => void): unknown;
}

/** The part of Engine.IO's socket that is used here. */
interface CountedConnection {
  readonly request: IncomingMessage;
  once(event: "close", listener: (this: CountedConnection) => void): unknown;
}

/** Counts the open connections of each client address on this task, authenticated or not. */
export class ConnectionsByAddress {
  readonly #open = new Map<string, number>();

  constructor(
    private readonly max: number,
    private readonly trustedProxyHops: number,
  ) {}

  isFull(address: string): boolean {
    return (this.#open.get(address) ?? 0) >= this.max;
  }

  /** Counts the connections that an Engine.IO server opens and closes from now on. */
  watch(engine: ConnectionSource): void {
    const hops = this.trustedProxyHops;
    const add = this.#add.bind(this);
    // One listener for all connections, which finds its connection by `this`: a closure for each would cost memory.
    function closed(this: CountedConnection): void {
      add(clientAddress(this.request, hops), -1);
    }
    engine.on("connection", (connection) => {
      add(clientAddress(connection.request, hops), 1);
      connection.once("close", closed);
    });
  }

  #add(address: string, change: number): void {
    const open = (this.#open.get(address) ?? 0) + change;
    if (open > 0) this.#open.set(address, open);
    else this.#open.delete(address);
  }
}
