import { type EvaluationResult, type IAMClient, SimulatePrincipalPolicyCommand } from "@aws-sdk/client-iam";
import { askIfPresent } from "./ask";

/** An action on a resource that a role has to be allowed. */
export interface Permission {
  readonly action: string;
  readonly resource: string;
}

export interface Decision extends Permission {
  /** IAM's word, such as `allowed`, `implicitDeny` or `explicitDeny`. */
  readonly decision: string;
}

/**
 * Lets IAM decide what a role may do, its boundary and the organization's policies included.
 * @param further policies that the role will have in addition
 * @returns `undefined` when the role does not exist
 */
export async function simulate(
  iam: IAMClient,
  roleArn: string,
  { permissions, further }: { readonly permissions: readonly Permission[]; readonly further: readonly string[] },
): Promise<readonly Decision[] | undefined> {
  const actions = [...new Set(permissions.map(({ action }) => action))];
  const decisions: Decision[] = [];
  for (const action of actions) {
    const resources = permissions.filter((each) => each.action === action).map(({ resource }) => resource);
    const query = new SimulatePrincipalPolicyCommand({
      PolicySourceArn: roleArn,
      PolicyInputList: [...further],
      ActionNames: [action],
      ResourceArns: resources,
    });
    const answer = await askIfPresent(
      "iam:SimulatePrincipalPolicy",
      ["NoSuchEntityException", "NoSuchEntity"],
      iam.send(query),
    );
    if (answer === undefined) return undefined;
    const results = answer.EvaluationResults ?? [];
    decisions.push(...resources.map((resource) => ({ action, resource, decision: decisionOn(results, resource) })));
  }
  return decisions;
}

/** One result names a single resource, or holds one result for each. Source: IAM API reference, EvaluationResult. */
function decisionOn(results: readonly EvaluationResult[], resource: string): string {
  const specific = results
    .flatMap(({ ResourceSpecificResults = [] }) => ResourceSpecificResults)
    .find(({ EvalResourceName }) => EvalResourceName === resource);
  const own = results.find(({ EvalResourceName }) => EvalResourceName === resource) ?? results[0];
  return specific?.EvalResourceDecision ?? own?.EvalDecision ?? "implicitDeny";
}
