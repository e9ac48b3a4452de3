/** Messages between the benchmark and its load process, sent as JSON over the IPC channel. */
export type ServerKind = "app" | "bare";

interface Target {
  readonly serverKind: ServerKind;
  /** Origins of the servers; connections are distributed over them in turn. */
  readonly servers: readonly string[];
  /** Signs the tickets for the app's handshakes. */
  readonly ticketSecret: string;
}

export interface MessagesJob extends Target {
  readonly kind: "messages";
  /** Messages per second of all agents together, sent at a constant rate regardless of response times. */
  readonly ratePerSec: number;
  readonly seconds: number;
}

export interface ConnectionsJob extends Target {
  readonly kind: "connections";
  readonly count: number;
  /** Concurrent handshakes. */
  readonly atOnce: number;
  /** Milliseconds for which the connections are held, answering heartbeats. */
  readonly holdMs: number;
}

export type Job = MessagesJob | ConnectionsJob;

export interface MessagesResult {
  readonly sent: number;
  readonly acknowledged: number;
  readonly delivered: number;
  /** Milliseconds to each acknowledgement. */
  readonly ackMs: readonly number[];
}

export interface ConnectionsResult {
  readonly connected: number;
  /** Milliseconds of each handshake. */
  readonly handshakeMs: readonly number[];
  /** Connections that the server closed while they were held. */
  readonly lost: number;
  /** Handshakes that failed and were retried. */
  readonly repeated: number;
}

/**
 * The load process reports `ready` when all clients are connected and `measured` when the measured part ends, and waits for `go` after
 * each. Its last report is the result.
 */
export type Report =
  | { readonly phase: "ready" | "measured" }
  | { readonly phase: "done"; readonly result: MessagesResult | ConnectionsResult }
  | { readonly phase: "failed"; readonly reason: string };
