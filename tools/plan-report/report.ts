import { type AttributeChange } from "./changes/attribute-change";
import { type Kind, type Order } from "./changes/planned-change";
import { type ForcedBy } from "./changes/reason";
import { type CostChange } from "./cost";
import { type DataLoss } from "./data-loss/loss";
import { type CausedInterruption } from "./impact/judge-interruptions";

/** The version of the report's JSON: the minor grows with additions, the major with every other change. See report.schema.json. */
export const FORMAT_VERSION = "1.0";

/** The module of a resource that belongs to none, or whose synthesized stack is not there. */
export const ROOT_MODULE = "(root)";

/** A report on one or several plans. Every text in it is safe to show. */
export interface PlanReport {
  readonly formatVersion: typeof FORMAT_VERSION;
  readonly stacks: readonly StackReport[];
}

/**
 * `ready`: can be applied. `unchanged`: nothing to do. `incomplete`: can be applied, and a further plan is needed. `failed`: cannot be applied.
 */
export type Status = "ready" | "unchanged" | "incomplete" | "failed";

export interface StackReport {
  readonly stack: string;
  readonly status: Status;
  readonly counts: Counts;
  readonly dataLosses: readonly DataLoss[];
  readonly interruptions: readonly CausedInterruption[];
  readonly changes: readonly ChangeReport[];
  /** Outputs that change; a path begins with the output's name. */
  readonly outputs: readonly AttributeChange[];
  /** What changed outside Terraform and the plan changes back. */
  readonly drift: readonly DriftReport[];
  readonly deferred: readonly { readonly address: string; readonly reason: string }[];
  /** Preconditions and checks that fail, with their messages. */
  readonly failedChecks: readonly { readonly address: string; readonly message: string }[];
  /** Terraform's errors and warnings. */
  readonly diagnostics: readonly DiagnosticReport[];
  /** Missing when no synth wrote verdicts beside the plan. */
  readonly policies?: PoliciesReport | undefined;
  readonly cost: CostChange;
}

export interface Counts {
  readonly create: number;
  readonly update: number;
  readonly replace: number;
  readonly destroy: number;
  readonly forget: number;
  readonly import: number;
  readonly move: number;
}

export interface ChangeReport {
  readonly address: string;
  readonly type: string;
  /** The construct that the resource belongs to. */
  readonly module: string;
  readonly kind: Kind;
  readonly order?: Order | undefined;
  /** Why it is replaced or destroyed. */
  readonly reason?: string | undefined;
  readonly forcedBy: readonly ForcedBy[];
  /** What an update changes, and what a replacement changes beside `forcedBy`. */
  readonly attributes: readonly AttributeChange[];
  readonly movedFrom?: string | undefined;
  readonly importId?: string | undefined;
}

export interface DriftReport {
  readonly address: string;
  /** What happened outside Terraform. */
  readonly what: "changed" | "deleted";
  readonly attributes: readonly AttributeChange[];
}

export interface DiagnosticReport {
  readonly severity: "error" | "warning";
  readonly text: string;
}

export interface PoliciesReport {
  readonly tier: string;
  readonly passed: number;
  readonly failed: number;
  readonly warned: number;
  readonly excepted: number;
  readonly violations: readonly { readonly rule: string; readonly resource: string; readonly text: string }[];
}
