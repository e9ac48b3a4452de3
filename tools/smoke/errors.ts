import { UserError } from "../command-line/user-error";

/** A wrong argument of `make smoke`; the message says what to pass instead. */
export class SmokeError extends UserError {
  override readonly name = "SmokeError";
}
