import { type Account } from "./account/account";
import { Unanswered } from "./account/ask";
import { DoesNotApply } from "./account/does-not-apply";
import { type Check } from "./check";
import { type Outcome } from "./finding";

/**
 * Runs checks one after the other, so that AWS is not asked too fast.
 * @param onOutcome receives each as it ends
 */
export async function runChecks(
  account: Account,
  checks: readonly Check[],
  onOutcome: (outcome: Outcome) => void,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const check of checks) {
    const outcome = await runCheck(account, check);
    outcomes.push(outcome);
    onOutcome(outcome);
  }
  return outcomes;
}

async function runCheck(account: Account, { name: check, problems }: Check): Promise<Outcome> {
  try {
    const found = await problems(account);
    if (found.length === 0) return { check, state: "healthy" };
    return { check, state: "findings", findings: found.map((problem) => ({ check, ...problem })) };
  } catch (error) {
    if (error instanceof Unanswered) return { check, state: "not checked", action: error.action, why: error.why };
    if (error instanceof DoesNotApply) return { check, state: "does not apply", why: error.message };
    throw error;
  }
}
