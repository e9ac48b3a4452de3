import { UserError } from "../command-line/user-error";

/** A wrong argument of `make verify-aws`, or a run that cannot go on; the message says what to do. */
export class VerifyAwsError extends UserError {
  override readonly name: string = "VerifyAwsError";
}

/** Somebody pressed Ctrl-C. */
export class InterruptedError extends VerifyAwsError {
  override readonly name = "InterruptedError";

  /** @param rest what becomes of the rest */
  constructor(rest = "the rest of the checks is left out") {
    super(`interrupted: ${rest}.`);
  }
}
