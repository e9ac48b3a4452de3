/** A fault that the user can act on. Anything else that this tool throws is our bug. */
export class PolicyReportError extends Error {
  override readonly name = "PolicyReportError";
}
