/** The environment has nothing that the question is about; the message says why. */
export class DoesNotApply extends Error {
  override readonly name = "DoesNotApply";
}
