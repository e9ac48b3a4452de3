import { UserError } from "../command-line/user-error";

/** A wrong argument or input file of `make cost`. */
export class CostError extends UserError {
  override readonly name = "CostError";
}
