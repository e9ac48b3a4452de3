import { setTimeout as sleep } from "node:timers/promises";
import { type Log } from "../operations/log";

/** Milliseconds between two tries to subscribe. */
const RETRY_MS = 500;

type Listener = (message: Buffer, channel: Buffer) => unknown;
type Command = "subscribe" | "pSubscribe" | "sSubscribe";
type Subscribe = (channels: string | string[], listener: Listener, buffers: true) => Promise<unknown>;

/** The subscribing commands of a node-redis client or cluster. */
export type SubscribeCommands = Readonly<Record<Command, Subscribe>>;

interface Subscription {
  readonly command: Command;
  readonly channels: string | string[];
  readonly listener: Listener;
}

/**
 * The subscribing client that an adapter gets. An adapter subscribes once without handling failures, and node-redis forgets a failed
 * subscription: the task would never receive anything again. Here each subscription is retried until it succeeds, and errors of listeners
 * are caught, because node-redis would take them for errors of the connection.
 */
export class SafeSubscriber {
  readonly #subscriptions: Subscription[] = [];
  #commands: SubscribeCommands | undefined;
  #active = 0;
  #generation = 0;

  constructor(private readonly log: Log) {}

  /** Whether every subscription is active. */
  get isComplete(): boolean {
    return this.#active === this.#subscriptions.length;
  }

  /** Moves all subscriptions to this client; the previous one must be closed. `undefined` stops every retry. */
  use(commands: SubscribeCommands | undefined): void {
    this.#commands = commands;
    this.#generation += 1;
    this.#active = 0;
    for (const subscription of this.#subscriptions) void this.#subscribe(subscription);
  }

  subscribe(channels: string | string[], listener: Listener): void {
    this.#add("subscribe", channels, listener);
  }

  pSubscribe(channels: string | string[], listener: Listener): void {
    this.#add("pSubscribe", channels, listener);
  }

  sSubscribe(channels: string | string[], listener: Listener): void {
    this.#add("sSubscribe", channels, listener);
  }

  /** Not needed: an adapter unsubscribes when it is closed, right before the connection is. */
  unsubscribe(): void {}
  pUnsubscribe(): void {}
  sUnsubscribe(): void {}
  on(): this {
    return this;
  }
  off(): this {
    return this;
  }

  #add(command: Command, channels: string | string[], listener: Listener): void {
    const subscription = { command, channels, listener: this.#withErrorsCaught(listener) };
    this.#subscriptions.push(subscription);
    void this.#subscribe(subscription);
  }

  async #subscribe({ command, channels, listener }: Subscription): Promise<void> {
    const generation = this.#generation;
    while (generation === this.#generation && this.#commands !== undefined) {
      try {
        await this.#commands[command](channels, listener, true);
        if (generation === this.#generation) this.#active += 1;
        return;
      } catch {
        // The client is not connected; its error listener has logged that.
        await sleep(RETRY_MS, undefined, { ref: false });
      }
    }
  }

  #withErrorsCaught(listener: Listener): Listener {
    const failed = (error: unknown): void =>
      this.log.error({ err: error }, "could not process an event of another task");
    return (message, channel) => {
      try {
        Promise.resolve(listener(message, channel)).catch(failed);
      } catch (error) {
        failed(error);
      }
    };
  }
}
