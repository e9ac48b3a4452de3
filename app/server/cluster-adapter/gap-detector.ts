/** Milliseconds after a failed publish on an open connection until the other tasks are told, once for all failures in between. */
const TELL_AFTER_MS = 1000;

export interface GapListener {
  /** This task may have missed what others published. */
  here(): void;
  /** Others may have missed what this task published. */
  everywhere(): void;
}

/**
 * Detects that events between tasks may have been lost. Sockets stay connected while Redis is unavailable, so clients have to be told to catch
 * up. Both directions matter, because a publisher may reconnect before or after a subscriber.
 */
export class GapDetector {
  #listener: GapListener | undefined;
  #missed = false;
  #published = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly isPublisherReady: () => boolean) {}

  listen(listener: GapListener): void {
    this.#listener = listener;
  }

  publishFailed(): void {
    this.#missed = true;
    if (!this.isPublisherReady() || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#missed) this.#tellAll();
    }, TELL_AFTER_MS);
    this.#timer.unref();
  }

  /** Tells the others after every reconnect: the previous connection may have published to a server that was being replaced. */
  publisherReady(): void {
    if (this.#missed || this.#published) this.#tellAll();
    this.#published = true;
  }

  subscriberReady(): void {
    this.#listener?.here();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#listener = undefined;
  }

  /** If this publish fails too, `publishFailed` starts over. */
  #tellAll(): void {
    this.#missed = false;
    this.#listener?.everywhere();
  }
}
