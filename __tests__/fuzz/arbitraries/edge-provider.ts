import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type TerraformStack } from "cdktf";

const ID = "aws-us-east-1";

/** Returns the provider of us-east-1 that all cases of a stack share. */
export function edgeProvider(stack: TerraformStack): AwsProvider {
  const made = stack.node.tryFindChild(ID) as AwsProvider | undefined;
  return made ?? new AwsProvider(stack, ID, { region: "us-east-1", alias: "us-east-1" });
}

/** Adds props to generated ones, unless these are no object, which is refused as it is. */
export function withProps<P>(data: P, more: Partial<P>): P {
  return data instanceof Object && !Array.isArray(data) ? { ...data, ...more } : data;
}
