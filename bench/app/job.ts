/** What the load process is asked for, and what it answers; both as JSON over the process's channel. */
export type Contestant = "app" | "bare";

interface Target {
  readonly contestant: Contestant;
  /** Origins of the servers; people are spread over them in turn. */
  readonly servers: readonly string[];
  /** Signs the tickets of the app's sockets. */
  readonly ticketSecret: string;
}

export interface MessagesJob extends Target {
  readonly kind: "messages";
  /** Messages a second, all people together, at an even pace whatever the answers take. */
  readonly ratePerSec: number;
  readonly seconds: number;
}

export interface ConnectionsJob extends Target {
  readonly kind: "connections";
  readonly count: number;
  /** Handshakes under way at once. */
  readonly atOnce: number;
  /** Milliseconds for which they are then held, with their heartbeat answered. */
  readonly holdMs: number;
}

export type Job = MessagesJob | ConnectionsJob;

export interface MessagesResult {
  readonly sent: number;
  readonly acknowledged: number;
  readonly delivered: number;
  /** Of each acknowledgement, in milliseconds. */
  readonly ackMs: readonly number[];
}

export interface ConnectionsResult {
  readonly connected: number;
  /** Of each handshake, in milliseconds. */
  readonly handshakeMs: readonly number[];
  /** Sockets that the server closed while they were held. */
  readonly lost: number;
  /** Handshakes that were cut short and made again. */
  readonly repeated: number;
}

/**
 * `ready` once everybody is connected, and `measured` once the measured part is over; after each, the load waits for `go`. The last
 * thing that it says is the result.
 */
export type Report =
  | { readonly phase: "ready" | "measured" }
  | { readonly phase: "done"; readonly result: MessagesResult | ConnectionsResult }
  | { readonly phase: "failed"; readonly reason: string };
