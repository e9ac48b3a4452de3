import { UserError } from "../command-line/user-error";

/** A Terraform command failed, a program is missing, or a file is not what Terraform or the synth writes. */
export class TerraformError extends UserError {
  override readonly name = "TerraformError";
}
