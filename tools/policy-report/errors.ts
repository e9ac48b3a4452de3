import { UserError } from "../command-line/user-error";

/** A wrong argument of `make policy-report`, or a missing verdict. */
export class PolicyReportError extends UserError {
  override readonly name = "PolicyReportError";
}
