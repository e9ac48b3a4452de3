/** A fault that the user can act on: nothing applied yet, a missing program, a name that nothing has. Anything else is our bug. */
export class TwinError extends Error {
  public override readonly name = "TwinError";
}
