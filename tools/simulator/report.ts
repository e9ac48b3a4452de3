import { SimulatorError } from "./errors";

/** What the simulator saw: the requests that it held against AWS's API models, and interruptions; see moto/. */
export interface SimulatorReport {
  /** Requests that were held against a model. */
  readonly requests: number;
  /** The same by operation, such as `ecs:CreateService`. */
  readonly operations: Readonly<Record<string, number>>;
  /** Requests that a model does not allow. */
  readonly refused: readonly (Refusal & { readonly client: string })[];
  /** Requests that no model describes. */
  readonly unjudged: readonly { readonly client: string; readonly reason: string }[];
  /** What an apply interrupted although AWS accepts each request, such as a NAT gateway that goes before the routes to it. */
  readonly interruptions: readonly string[];
}

interface Refusal {
  readonly operation: string;
  readonly code: string;
  readonly message: string;
}

/** The user agent that the simulator reports for Terraform and its provider. */
const TERRAFORM = "terraform";

/**
 * Expects that AWS's API models allow all that Terraform sent, and that nothing was interrupted. A refusal does not always fail the
 * apply: the provider ignores some errors, such as those of a resource that is already gone.
 * @throws SimulatorError that lists every refusal, every request without a model and every interruption
 */
export function expectAllowed(report: SimulatorReport, label: string): void {
  const refused = report.refused
    .filter(({ client }) => client === TERRAFORM)
    .map(({ operation, code, message }) => `${operation}: ${code}: ${message}`);
  const unjudged = report.unjudged
    .filter(({ client }) => client === TERRAFORM)
    .map(({ reason }) => `not held against a model: ${reason}`);
  const problems = [...new Set([...refused, ...unjudged, ...report.interruptions])];
  if (problems.length > 0) {
    throw new SimulatorError(
      `${label}: AWS would refuse what Terraform sent, or interrupt what runs (expected neither):\n\n${problems.join("\n")}`,
    );
  }
}
