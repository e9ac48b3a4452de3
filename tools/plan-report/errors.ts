import { UserError } from "../command-line/user-error";

/** A wrong argument of `make plan-report`, or a file that is no plan. */
export class PlanReportError extends UserError {
  override readonly name = "PlanReportError";
}
