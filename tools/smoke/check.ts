import { type Client } from "./client/client";
import { type Http } from "./client/http";
import { type Latencies } from "./latencies";
import { type SmokeOptions } from "./options";
import { type Visitor } from "./client/visitor";

/** What a failed check says. */
export interface Diagnosis {
  /** What was expected and what came instead. */
  readonly found: string;
  readonly cause: string;
  readonly remedy: string;
}

/** Ends a check as failed. */
export class CheckFailed extends Error {
  constructor(readonly diagnosis: Diagnosis) {
    super(diagnosis.found);
  }
}

/** Ends a check without a result; the message says why. */
export class NotChecked extends Error {}

export type CheckId =
  | "page"
  | "health"
  | "readiness"
  | "handshake"
  | "stickiness"
  | "upgrade"
  | "foreign-origin"
  | "sign-in"
  | "two-tasks"
  | "delivery"
  | "reconnect"
  | "idle"
  | "disturbance";

export type CheckResult = { readonly id: CheckId; readonly title: string; readonly ms: number } & (
  | { readonly status: "passed"; readonly detail: string }
  | ({ readonly status: "failed" } & Diagnosis)
  | { readonly status: "not-checked"; readonly reason: string }
);

export interface Check {
  readonly id: CheckId;
  readonly title: string;
  /** Checks without which this one says nothing. */
  readonly needs: readonly CheckId[];
  /** Returns a detail for the report. @throws CheckFailed, NotChecked, or the error of a request */
  readonly run: (run: SmokeRun) => Promise<string>;
}

/** What the checks share: the deployment under test, and what earlier checks have found. */
export interface SmokeRun {
  readonly http: Http;
  readonly options: SmokeOptions;
  readonly latencies: Latencies;
  /** Heartbeat of the server, from its handshake. */
  heartbeat?: { readonly intervalSec: number; readonly timeoutSec: number };
  /** Cookies that lead to one task and to another one; the same task when only one has answered. */
  cookies?: readonly [string, string];
  visitor?: Visitor;
  /** Messages written so far. */
  written: number;
  /** Two connected clients, each with one of `cookies`. */
  clients?: readonly [Client, Client];
  /** No connection to the deployment could be opened at all. */
  isUnreachable?: boolean;
  /** Ends when the idle socket has lived long enough, or was cut. */
  idle?: Promise<string>;
}
