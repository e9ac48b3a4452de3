import { UserError } from "../command-line/user-error";

/** A wrong argument of `make verify-aws`, or a run that cannot go on; the message says what to do. */
export class VerifyAwsError extends UserError {
  override readonly name: string = "VerifyAwsError";
}

/** Somebody pressed Ctrl-C: what was created is still to be destroyed. */
export class InterruptedError extends VerifyAwsError {
  override readonly name = "InterruptedError";

  constructor() {
    super("interrupted: the rest of the checks is left out.");
  }
}
