import { SimulatorError } from "./errors";

/** What the simulator held against AWS's API models, and what became of it; see moto/api_models. */
export interface ApiModelReport {
  /** Requests that were held against a model. */
  readonly requests: number;
  /** The same by operation, such as `ecs:CreateService`. */
  readonly operations: Readonly<Record<string, number>>;
  /** Requests that a model does not allow. */
  readonly refused: readonly (Refusal & { readonly client: string })[];
  /** Requests that no model describes. */
  readonly unjudged: readonly { readonly client: string; readonly reason: string }[];
}

interface Refusal {
  readonly operation: string;
  readonly code: string;
  readonly message: string;
}

/** The user agent that the simulator reports for Terraform and its provider. */
const TERRAFORM = "terraform";

/**
 * Expects that AWS's API models allow all that Terraform sent. A refusal does not always fail the apply: the provider ignores some
 * errors, such as those of a resource that is already gone.
 * @throws SimulatorError that lists every refusal, and every request without a model
 */
export function expectAllowed(report: ApiModelReport, label: string): void {
  const refused = report.refused
    .filter(({ client }) => client === TERRAFORM)
    .map(({ operation, code, message }) => `${operation}: ${code}: ${message}`);
  const unjudged = report.unjudged.filter(({ client }) => client === TERRAFORM).map(({ reason }) => reason);
  const problems = [...refused, ...new Set(unjudged.map((reason) => `not held against a model: ${reason}`))];
  if (problems.length > 0) {
    throw new SimulatorError(
      `${label}: AWS's API models do not allow what Terraform sent (expected none):\n\n${problems.join("\n")}`,
    );
  }
}
