import { type IncomingMessage, type ServerResponse } from "node:http";
import { type Duplex } from "node:stream";
import { refusal } from "../../protocol";
import { FairQueue } from "../limits/fair-queue";
import { type Pages } from "./pages";

/** Requests of one address that may wait: an office where fifty people open the app at once, with some twenty files each. */
const MAX_WAITING = 1000;
/** Longest that a request has the next one of its address wait, in milliseconds: a client that reads slowly must not stop its neighbours. */
const LONGEST_TURN_MS = 1000;

/**
 * Serves the pages of each address one after the other, with a pause as long as each took. A page costs as much as a hundred messages: without
 * turns, one address that requests pages as fast as it can slows down everybody's messages.
 */
export class FairPages implements Pages {
  readonly #queue: FairQueue;

  constructor(
    private readonly pages: Pages,
    maxWaiting = MAX_WAITING,
  ) {
    this.#queue = new FairQueue(Number.POSITIVE_INFINITY, maxWaiting);
  }

  handle(request: IncomingMessage, response: ServerResponse, clientAddress: string): Promise<void> {
    if (this.#queue.isFull(clientAddress)) return refuse(response);
    return new Promise((resolve, reject) => {
      const turn = async (): Promise<number> => {
        // The client went away while it waited.
        if (response.destroyed) return finish(0, resolve);
        const startedAt = performance.now();
        const served = this.pages.handle(request, response, clientAddress);
        served.then(resolve, reject);
        await settled(served);
        return performance.now() - startedAt;
      };
      void this.#queue.run(clientAddress, turn, (tookMs) => tookMs);
    });
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    return this.pages.upgrade(request, socket, head);
  }

  close(): Promise<void> {
    return this.pages.close();
  }
}

function finish<T>(value: T, resolve: () => void): T {
  resolve();
  return value;
}

/** Waits until the page is served or has failed, and no longer than a turn may last. */
function settled(served: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, LONGEST_TURN_MS);
    const done = (): void => {
      clearTimeout(timer);
      resolve();
    };
    served.then(done, done);
  });
}

function refuse(response: ServerResponse): Promise<void> {
  response.writeHead(429, { "Content-Type": "application/json", "Cache-Control": "no-store", "Retry-After": "1" });
  response.end(JSON.stringify(refusal("RATE_LIMITED", "Too many requests: wait a moment.", 1000)));
  return Promise.resolve();
}
