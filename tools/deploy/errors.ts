import { UserError } from "../command-line/user-error";

/** A wrong argument of a command, or a deployment that cannot go on; the message says what to do. */
export class DeployError extends UserError {
  override readonly name = "DeployError";
}
