import { UserError } from "../command-line/user-error";

/** The AWS simulator cannot start, or a stack did not apply cleanly to it. */
export class SimulatorError extends UserError {
  override readonly name = "SimulatorError";
}
