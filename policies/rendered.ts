import { type TerraformStack } from "cdktf";
import { Configuration } from "./configuration";
import { type JsonObject } from "./resource";

/** The stack as its file will read: L1 attributes and overrides alike, with every cdktf token turned into what Terraform gets. */
export function configurationOf(stack: TerraformStack): Configuration {
  return new Configuration(stack.node.id, stack.toTerraform() as JsonObject);
}

/**
 * The same, and the stack is written as it was judged: rendering is a good part of a synth, and once is enough. Only for a stack
 * that nothing changes before it is written, and for one write.
 */
export function settledConfigurationOf(stack: TerraformStack): Configuration {
  const json = stack.toTerraform() as JsonObject;
  stack.toTerraform = () => {
    Reflect.deleteProperty(stack, "toTerraform");
    return json;
  };
  return new Configuration(stack.node.id, json);
}
