import { awsErrorInWords } from "../../aws/errors";
import { InterruptedError } from "../errors";
import { type Environment, type Item, type ItemResult, notChecked, type Outcome } from "./item";

/**
 * Runs the checks one after the other. One that fails by itself is not checked, and the others go on.
 * @param onResult receives each as it ends
 * @throws InterruptedError after Ctrl-C
 */
export async function runItems(
  environment: Environment,
  items: readonly Item[],
  { onResult, interrupted }: { readonly onResult: (result: ItemResult) => void; readonly interrupted: AbortSignal },
): Promise<readonly ItemResult[]> {
  const results: ItemResult[] = [];
  for (const item of items) {
    if (!("check" in item)) continue;
    if (interrupted.aborted) throw new InterruptedError();
    const result = { title: item.title, outcome: await outcomeOf(item.check(environment)) };
    results.push(result);
    onResult(result);
  }
  return results;
}

async function outcomeOf(check: Promise<Outcome>): Promise<Outcome> {
  try {
    return await check;
  } catch (thrown) {
    if (thrown instanceof InterruptedError) throw thrown;
    const error = awsErrorInWords(thrown);
    return notChecked(error instanceof Error ? error.message : String(error));
  }
}
