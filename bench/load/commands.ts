/** Settings that the generator receives once, at start. */
export interface GeneratorJob {
  /** URLs of the load balancer; connections are distributed over them in turn. */
  readonly urls: readonly string[];
  /** The site's configured origin. */
  readonly origin: string;
  /** Signs the tickets for the handshakes. */
  readonly ticketSecret: string;
}

/** Commands of the generator, run one after the other. */
export type Command =
  /** Opens connections until there are `count`, including those of the writers, with `atOnce` concurrent handshakes. */
  | { readonly kind: "connect"; readonly count: number; readonly atOnce: number }
  /** Sends messages of all writers at a constant rate, regardless of response times. */
  | { readonly kind: "sendMessages"; readonly ratePerSec: number; readonly seconds: number };

export interface Percentiles {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export interface ConnectResult {
  readonly connections: number;
  /** Duration of a handshake, from TCP connect to Socket.IO connect. */
  readonly handshake: Percentiles;
  /** Handshakes that failed and were retried. */
  readonly repeated: number;
  /** Reasons of the failures, the most frequent first. */
  readonly reasons: readonly string[];
}

export interface SendResult {
  readonly sent: number;
  readonly acknowledged: number;
  /** Messages that were refused, cut off or never acknowledged, counted by reason. */
  readonly failed: Readonly<Record<string, number>>;
  /** Messages received by the other members of the conversation. */
  readonly delivered: number;
  readonly ack: Percentiles;
  /** From sending a message to its arrival at another member. */
  readonly delivery: Percentiles;
  /** From the first message to the last acknowledgement. */
  readonly elapsedSec: number;
  /** Connections lost during this step. */
  readonly lost: number;
  /** CPU seconds per second that the generator used. */
  readonly generatorCpu: number;
}

export type Answer =
  { readonly ok: true; readonly result: ConnectResult | SendResult } | { readonly ok: false; readonly reason: string };
