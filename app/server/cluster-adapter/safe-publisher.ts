/** Most bytes in flight to Redis. Beyond that, as when Redis hangs, messages are dropped and clients resync afterwards. */
const MAX_BYTES_IN_FLIGHT = 8 * 1024 * 1024;

/** The commands of a node-redis client or cluster with which adapters publish. */
export interface PublishCommands {
  readonly publish: (channel: string, message: string | Buffer) => Promise<unknown>;
  readonly sPublish: (channel: string, message: string | Buffer) => Promise<unknown>;
}

/** The number of receivers, which the adapters do not use. */
const NO_RECEIVERS = Promise.resolve(0);

/**
 * The publishing client that an adapter gets. The stock adapters do not handle rejections of `publish`, so that one lost connection ends the
 * process; and the sharded one awaits the publish before it delivers to its own sockets. Here a publish never rejects and is never awaited: a
 * failure is reported, and clients catch up from the log.
 */
export class SafePublisher {
  #bytes = 0;

  constructor(
    private readonly commands: PublishCommands,
    private readonly onFailed: () => void,
  ) {}

  publish(channel: string, message: string | Buffer): Promise<number> {
    return this.#send("publish", channel, message);
  }

  sPublish(channel: string, message: string | Buffer): Promise<number> {
    return this.#send("sPublish", channel, message);
  }

  /** Adapters recognize the `redis` package by these functions and listen to its errors; both are handled elsewhere. */
  pSubscribe(): void {}
  sSubscribe(): void {}
  on(): this {
    return this;
  }
  off(): this {
    return this;
  }

  #send(command: keyof PublishCommands, channel: string, message: string | Buffer): Promise<number> {
    const bytes = message.length;
    if (this.#bytes + bytes > MAX_BYTES_IN_FLIGHT) {
      this.onFailed();
      return NO_RECEIVERS;
    }
    this.#bytes += bytes;
    void this.#settle(command, channel, message).then(() => {
      this.#bytes -= bytes;
    });
    return NO_RECEIVERS;
  }

  async #settle(command: keyof PublishCommands, channel: string, message: string | Buffer): Promise<void> {
    try {
      await this.commands[command](channel, message);
    } catch {
      this.onFailed();
    }
  }
}
