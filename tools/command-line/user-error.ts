/** A mistake that the user can correct; its message says how. Any other error is a bug in this repository. */
export class UserError extends Error {
  override readonly name: string = "UserError";
}
