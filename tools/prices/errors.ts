import { UserError } from "../command-line/user-error";

/** A region, load or price that the price list cannot serve. */
export class PriceError extends UserError {
  override readonly name = "PriceError";
}
