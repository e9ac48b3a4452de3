import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { type ITerraformDependable } from "cdktf";
import { type Construct } from "constructs";
import { Checks } from "../core/checks";
import { policyDocument, type PolicyStatement } from "../core/iam-policy";
import { addEndpoints, servicesOfStatements } from "./aws-services";
import { type TaskNetwork } from "./references";
import { checkEndpoints } from "./validation/aws-services";
import { validateTaskPolicy } from "./validation/policy-statement";

export interface TaskPolicyInputs {
  /** Name of the policy in the task role, kebab-case. */
  readonly id: string;
  readonly statements: readonly PolicyStatement[];
  readonly taskRoleId: string;
  readonly network: TaskNetwork;
}

/**
 * Creates an IAM policy in the role of the app.
 *
 * @returns what has to exist before a task may use it: the policy, and the endpoints of the services that it allows
 * @throws ConfigurationError when the id is malformed or taken, IAM refuses a statement, or the network does not reach a service
 */
export function createTaskPolicy(
  scope: Construct,
  { id, statements, taskRoleId, network }: TaskPolicyInputs,
): readonly ITerraformDependable[] {
  validateTaskPolicy(scope, id, statements);
  const called = servicesOfStatements(statements, "addTaskPolicy");
  const checks = new Checks(scope);
  checkEndpoints(checks, network, called);
  checks.throwIfInvalid();
  const policy = new IamRolePolicy(scope, `task-policy-${id}`, {
    name: id,
    role: taskRoleId,
    policy: policyDocument(statements),
  });
  return [policy, ...addEndpoints(network, called)];
}
