/** What the generator is told, once, when it starts. */
export interface GeneratorJob {
  /** Ways into the load balancer; sockets take them by turns. */
  readonly urls: readonly string[];
  /** What the site believes to be called. */
  readonly origin: string;
  /** Signs the tickets of the sockets. */
  readonly ticketSecret: string;
}

/** What the generator can do, one after the other. */
export type Command =
  /** Open connections until there are this many, those of the writers included; `atOnce` handshakes under way at a time. */
  | { readonly kind: "connect"; readonly count: number; readonly atOnce: number }
  /** Messages of all writers together, at an even pace whatever the answers take. */
  | { readonly kind: "talk"; readonly ratePerSec: number; readonly seconds: number };

export interface Times {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export interface Connected {
  readonly connections: number;
  /** Of a handshake, from TCP to Socket.IO's own. */
  readonly handshake: Times;
  /** Handshakes that were cut short and made again. */
  readonly repeated: number;
  /** Why they were, the most frequent reason first. */
  readonly reasons: readonly string[];
}

export interface Talked {
  readonly sent: number;
  readonly acknowledged: number;
  /** Sends that were refused, cut off or never answered, by reason. */
  readonly failed: Readonly<Record<string, number>>;
  /** On the sockets of the others of the conversation. */
  readonly delivered: number;
  readonly ack: Times;
  /** From sending to the socket of another. */
  readonly delivery: Times;
  /** From the first message to the last acknowledgement. */
  readonly elapsedSec: number;
  /** Connections that were lost meanwhile. */
  readonly lost: number;
  /** CPU seconds of the generator itself, a second. */
  readonly generatorCpu: number;
}

export type Answer =
  { readonly ok: true; readonly result: Connected | Talked } | { readonly ok: false; readonly reason: string };
