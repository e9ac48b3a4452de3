/** Most bytes that may be on their way to Redis; beyond it, as when Redis hangs, messages are dropped and made good by a resync. */
const MOST_BYTES_IN_FLIGHT = 8 * 1024 * 1024;

/** The two commands that adapters publish with, of a node-redis client or cluster. */
export interface PublishCommands {
  readonly publish: (channel: string, message: string | Buffer) => Promise<unknown>;
  readonly sPublish: (channel: string, message: string | Buffer) => Promise<unknown>;
}

/** The number of receivers, which no caller of ours reads. */
const NOBODY = Promise.resolve(0);

/**
 * What an adapter gets as its publishing client. The stock adapters call `publish` and look away, so that one lost connection ends the
 * process by an unhandled rejection; and the sharded one waits for the answer before it delivers to its own sockets. Here a publish
 * never rejects and is never waited for: a failed one is counted, and made good from the log.
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

  /** Adapters know the `redis` package by the two subscribing functions, and watch its errors; we do both elsewhere. */
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
    if (this.#bytes + bytes > MOST_BYTES_IN_FLIGHT) {
      this.onFailed();
      return NOBODY;
    }
    this.#bytes += bytes;
    void this.#settle(command, channel, message).then(() => {
      this.#bytes -= bytes;
    });
    return NOBODY;
  }

  async #settle(command: keyof PublishCommands, channel: string, message: string | Buffer): Promise<void> {
    try {
      await this.commands[command](channel, message);
    } catch {
      this.onFailed();
    }
  }
}
