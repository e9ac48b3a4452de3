import { UserError } from "../command-line/user-error";

/** A pipeline step that cannot be done: a wrong argument, a missing variable, or a service that refuses. */
export class CiError extends UserError {
  override readonly name = "CiError";
}
