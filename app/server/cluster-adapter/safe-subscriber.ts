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
 * What an adapter gets as its subscribing client. It subscribes once and looks away; node-redis forgets a subscription that failed, and
 * the task would be deaf for good. Here each is tried until it stands, and what a listener throws stays in it: node-redis
 * would take it for a fault of the connection.
 */
export class SafeSubscriber {
  readonly #subscriptions: Subscription[] = [];
  #commands: SubscribeCommands | undefined;
  #standing = 0;
  #generation = 0;

  constructor(private readonly log: Log) {}

  /** Whether everything that was asked for is subscribed to. */
  get isComplete(): boolean {
    return this.#standing === this.#subscriptions.length;
  }

  /** Moves all subscriptions to this client; the one before has to be closed by now. `undefined` ends all trying. */
  use(commands: SubscribeCommands | undefined): void {
    this.#commands = commands;
    this.#generation += 1;
    this.#standing = 0;
    for (const subscription of this.#subscriptions) void this.#hold(subscription);
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

  /** An adapter unsubscribes when it is closed; the connection is closed right after. */
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
    const subscription = { command, channels, listener: this.#guarded(listener) };
    this.#subscriptions.push(subscription);
    void this.#hold(subscription);
  }

  async #hold({ command, channels, listener }: Subscription): Promise<void> {
    const generation = this.#generation;
    while (generation === this.#generation && this.#commands !== undefined) {
      try {
        await this.#commands[command](channels, listener, true);
        if (generation === this.#generation) this.#standing += 1;
        return;
      } catch {
        // The client is not connected, or lost its connection just now; its own listener has told.
        await sleep(RETRY_MS, undefined, { ref: false });
      }
    }
  }

  #guarded(listener: Listener): Listener {
    const failed = (error: unknown): void => this.log.error({ err: error }, "could not take what a task published");
    return (message, channel) => {
      try {
        Promise.resolve(listener(message, channel)).catch(failed);
      } catch (error) {
        failed(error);
      }
    };
  }
}
