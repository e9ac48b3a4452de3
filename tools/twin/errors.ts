import { UserError } from "../command-line/user-error";

/** A mistake in using the twin: nothing applied yet, a missing program, an unknown name. */
export class TwinError extends UserError {
  override readonly name = "TwinError";
}
