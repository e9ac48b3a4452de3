import { type ITerraformDependable, TerraformStack } from "cdktf";
import { Construct } from "constructs";

/**
 * Returns the dependencies that are in the stack of the scope, each once. What is in another stack was applied before, and Terraform refuses a
 * reference to another state in `depends_on`.
 */
export function ownDependencies(
  scope: Construct,
  dependencies: readonly ITerraformDependable[],
): ITerraformDependable[] {
  const stack = TerraformStack.of(scope);
  const isOwn = (dependency: ITerraformDependable) =>
    !Construct.isConstruct(dependency) || TerraformStack.of(dependency) === stack;
  return [...new Set(dependencies)].filter(isOwn);
}
