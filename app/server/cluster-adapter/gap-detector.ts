/** A failed publish on a connection that stands is made good after this time, in milliseconds, once for all failures until then. */
const GATHER_MS = 1000;

export interface GapListener {
  /** This task may have missed what others published. */
  here(): void;
  /** Others may have missed what this task published. */
  everywhere(): void;
}

/**
 * Sockets stay connected while Redis is away, so that clients never notice that they missed something: they have to be told. Both ends
 * of the talk matter, since the publisher may come back before or after a subscriber.
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
    }, GATHER_MS);
    this.#timer.unref();
  }

  /** From the second connection on others are told in any case: what the old one took may have gone to a server that was just replaced. */
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

  /** When this fails too, `publishFailed` is called again, and so is this. */
  #tellAll(): void {
    this.#missed = false;
    this.#listener?.everywhere();
  }
}
