import { type IncomingMessage } from "node:http";
import { clientAddress } from "../http/client-address";

/** What we need of Engine.IO's server and sockets. */
interface ConnectionSource {
  on(event: "connection", listener: (connection: CountedConnection) => void): unknown;
}
interface CountedConnection {
  readonly request: IncomingMessage;
  once(event: "close", listener: (this: CountedConnection) => void): unknown;
}

/** Open connections of each client address on this task, signed in or not. */
export class ConnectionsByAddress {
  readonly #open = new Map<string, number>();

  constructor(
    private readonly most: number,
    private readonly trustedProxyHops: number,
  ) {}

  isFull(address: string): boolean {
    return (this.#open.get(address) ?? 0) >= this.most;
  }

  /** Counts what an Engine.IO server opens and closes from now on. */
  watch(engine: ConnectionSource): void {
    const hops = this.trustedProxyHops;
    const add = this.#add.bind(this);
    // One function for all connections, which finds its own by `this`: thousands of closures cost memory.
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
