import { randomUUID } from "node:crypto";
import { type SafeSubscriber } from "./safe-subscriber";

const INTERVAL_MS = 1000;
/** No probe of ours came back for so long: the way through Redis is broken somewhere. */
const LOST_MS = 3500;
/** Clients reconnect by themselves; what that did not mend by now is made anew. */
const MEND_AFTER_MS = 10_000;

export interface RedisProbeOptions {
  /** Beginning of the channel's name. */
  readonly channel: string;
  readonly publisher: { readonly sPublish: (channel: string, message: string) => Promise<unknown> };
  readonly subscriptions: SafeSubscriber;
  /** The way through Redis works, for the first time or again. */
  readonly onBack: () => void;
  /** It does not, and reconnecting by itself did not mend it. */
  readonly onLost: () => void;
}

/** Sends itself a word through Redis every second: a cluster's client tells neither of reconnections nor of lost subscriptions. */
export class RedisProbe {
  readonly #channel: string;
  readonly #timer: NodeJS.Timeout;
  #alive = false;
  #seenAt = Date.now();

  constructor(private readonly options: RedisProbeOptions) {
    this.#channel = `${options.channel}${randomUUID()}`;
    options.subscriptions.sSubscribe(this.#channel, () => this.#seen());
    this.#timer = setInterval(() => this.#tick(), INTERVAL_MS);
    this.#timer.unref();
  }

  get isAlive(): boolean {
    return this.#alive;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #seen(): void {
    this.#seenAt = Date.now();
    if (this.#alive) return;
    this.#alive = true;
    this.options.onBack();
  }

  #tick(): void {
    const silentMs = Date.now() - this.#seenAt;
    if (silentMs > LOST_MS) this.#alive = false;
    if (silentMs > MEND_AFTER_MS) {
      this.#seenAt = Date.now();
      this.options.onLost();
    }
    void this.#send();
  }

  async #send(): Promise<void> {
    try {
      await this.options.publisher.sPublish(this.#channel, "");
    } catch {
      // No probe goes out: that is what `isAlive` tells.
    }
  }
}
