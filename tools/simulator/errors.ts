/** A fault that the user can act on: a missing program, a failed Terraform run, drift. Anything else is our bug. */
export class SimulatorError extends Error {
  public override readonly name = "SimulatorError";
}
