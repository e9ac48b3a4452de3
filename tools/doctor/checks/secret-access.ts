import { Decisions } from "../../judges/iam/decide";
import { policiesOf } from "../../judges/iam/policies";
import { type Account } from "../account/account";
import { isSecret, secretArn } from "../account/container-secret";
import { DoesNotApply } from "../account/does-not-apply";
import { type Decision, type Permission, simulate } from "../account/execution-role";
import { defineCheck } from "../check";
import { type Problem } from "../finding";

interface Facts {
  readonly role: string;
  readonly decisions: readonly Decision[];
  /** Who decided: IAM in the account or, before the first apply, the policy simulator of this repository. */
  readonly by: string;
}

/** ECS fetches secrets as the execution role, whose policies are the account's and those that the apply brings. */
export const secretAccess = defineCheck({
  name: "secret-access",
  expects: "the execution role may read every secret and parameter that the next tasks fetch",
  read,
  judge: ({ role, decisions, by }) =>
    decisions.filter(({ decision }) => decision !== "allowed").map((denied) => problem(role, by, denied)),
});

async function read(account: Account): Promise<Facts> {
  const { stack, target, aws } = account;
  const role = stack.executionRole();
  if (role === undefined) throw new DoesNotApply("the stack has no execution role of its own");
  const permissions = stack.containerSecrets().map(({ valueFrom }) => permissionOn(valueFrom));
  if (permissions.length === 0) throw new DoesNotApply("the containers receive no secrets");
  const policies = policiesOf(target.stack, stack.json).filter(
    (policy) => policy.kind === "identity" && policy.role === role.resource,
  );
  const roleArn = `arn:aws:iam::${target.accountId}:role/${role.name}`;
  const further = policies.map(({ document }) => JSON.stringify(document));
  const decided = await simulate(aws.iam, roleArn, { permissions, further });
  if (decided !== undefined) return { role: role.name, decisions: decided, by: "IAM" };
  const local = new Decisions(stack.json, policies);
  const decisions = await Promise.all(
    permissions.map(async ({ action, resource }) => {
      const call = { what: "ECS starts a task", caller: { role: role.resource }, action, resource, allowed: true };
      return { action, resource, decision: (await local.isAllowed(call)) ? "allowed" : "implicitDeny" };
    }),
  );
  return { role: role.name, decisions, by: "the stack's policies alone, because the role does not exist yet" };
}

function permissionOn(valueFrom: string): Permission {
  return isSecret(valueFrom)
    ? { action: "secretsmanager:GetSecretValue", resource: secretArn(valueFrom) }
    : { action: "ssm:GetParameters", resource: valueFrom };
}

function problem(role: string, by: string, { action, resource, decision }: Decision): Problem {
  return {
    severity: "error",
    what: `The execution role ${role} may not ${action.split(":")[1]} ${resource.split(":").at(-1)}.`,
    evidence: `${action} on ${resource}: ${decision}, decided by ${by}`,
    impact: "No new task can start: ResourceInitializationError, and the deployment fails.",
    remedy:
      decision === "explicitDeny"
        ? "Something denies it: a permissions boundary, a policy of the organization, or one that was added by hand."
        : "Name the secret in the environment, so that the stack grants it, or grant it to the role.",
  };
}
