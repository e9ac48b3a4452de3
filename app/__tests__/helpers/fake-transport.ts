import {
  type Transport,
  type TransportFactory,
  type TransportLimits,
  type TransportListener,
} from "../../client/transport/transport";
import { type Acknowledgement, type ClientEvent, type ClientPayload } from "../../protocol";

/** A transport in memory. The test plays the server: it accepts, refuses, closes and sends through `server`. */
export class FakeTransport implements Transport {
  connected = false;
  /** The ticket of each handshake, in order. */
  readonly tickets: string[] = [];
  readonly sent: { readonly event: ClientEvent; readonly payload: unknown }[] = [];
  limits: TransportLimits | undefined;
  /** Answers to what is sent; rejects by default, as without an acknowledgement. */
  answer: (event: ClientEvent) => Promise<unknown> = () => Promise.reject(new Error("no acknowledgement"));
  #listener: TransportListener | undefined;

  readonly factory: TransportFactory = (listener, limits) => {
    this.#listener = listener;
    this.limits = limits;
    return this;
  };

  /** What the server does. */
  readonly server = {
    accept: (): void => {
      this.connected = true;
      this.#listener?.onOpen();
    },
    refuse: (...[refusal]: Parameters<TransportListener["onRefused"]>): void => this.#listener?.onRefused(refusal),
    close: (): void => {
      if (!this.connected) return;
      this.connected = false;
      this.#listener?.onClose();
    },
    send: ((event, payload) => this.#listener?.onEvent(event, payload)) as TransportListener["onEvent"],
  };

  open(ticket: string): void {
    this.tickets.push(ticket);
  }

  close(): void {
    this.connected = false;
  }

  send<E extends ClientEvent>(event: E, payload: ClientPayload<E>): Promise<Acknowledgement<E>> {
    this.sent.push({ event, payload });
    return this.answer(event) as Promise<Acknowledgement<E>>;
  }
}
