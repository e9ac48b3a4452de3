import { randomUUID } from "node:crypto";
import { type SafeSubscriber } from "./safe-subscriber";

const INTERVAL_MS = 1000;
/** Milliseconds without a returned message after which the connection through Redis counts as lost. */
const LOST_MS = 3500;
/** Milliseconds that clients have to reconnect before the subscriber is replaced. */
const REPLACE_AFTER_MS = 10_000;

export interface RedisProbeOptions {
  /** Prefix of the channel's name. */
  readonly channel: string;
  readonly publisher: { readonly sPublish: (channel: string, message: string) => Promise<unknown> };
  readonly subscriptions: SafeSubscriber;
  /** Called when messages pass through Redis, for the first time or again. */
  readonly onBack: () => void;
  /** Called when they do not, and reconnecting has not helped. */
  readonly onLost: () => void;
}

/** Sends itself a message through Redis every second, because a cluster client reports neither reconnects nor lost subscriptions. */
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
    if (silentMs > REPLACE_AFTER_MS) {
      this.#seenAt = Date.now();
      this.options.onLost();
    }
    void this.#send();
  }

  async #send(): Promise<void> {
    try {
      await this.options.publisher.sPublish(this.#channel, "");
    } catch {
      // `isAlive` reports it.
    }
  }
}
