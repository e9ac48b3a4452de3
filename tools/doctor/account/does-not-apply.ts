/** The environment has nothing that the question is about; the message says why. */
export class DoesNotApply extends Error {
  override readonly name = "DoesNotApply";
}

/** Waits for an answer; `undefined` where the environment has nothing that the question is about. */
export async function ifApplicable<T>(answer: Promise<T>): Promise<T | undefined> {
  return answer.catch((error: unknown) => {
    if (error instanceof DoesNotApply) return undefined;
    throw error;
  });
}
