import { UserError } from "../command-line/user-error";

/** A wrong argument, or an environment that cannot be looked at; the message says what to do. */
export class DoctorError extends UserError {
  override readonly name = "DoctorError";
}
