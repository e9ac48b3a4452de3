import { TerraformStack } from "cdktf";
import { type IConstruct } from "constructs";
import { formatValue } from "./format-value";
import { type Problem } from "./problem";

/** Returns the problem of a construct whose id Terraform cannot turn into an address; cdktf only removes the characters that are not allowed. */
export function constructIdProblem({ node }: IConstruct): Problem | undefined {
  const stack = node.scopes.findIndex((scope) => TerraformStack.isStack(scope));
  const id = node.scopes[stack + 1]?.node.id ?? "";
  if (!/^[0-9-]/.test(id.replace(/[^A-Za-z0-9_-]/g, ""))) return undefined;
  return {
    code: "core/construct-id",
    prop: "id",
    expected: "an id that begins with a letter",
    got: formatValue(id),
    remedy: "It becomes part of Terraform addresses, which begin with a letter.",
  };
}
