import { type TerraformStack } from "cdktf";
import { Configuration } from "./configuration";
import { type JsonObject } from "./resource";

/** Renders a stack as it will be written, with L1 attributes, overrides and resolved tokens. */
export function configurationOf(stack: TerraformStack): Configuration {
  return new Configuration(stack.node.id, stack.toTerraform() as JsonObject);
}

/**
 * Renders a stack and makes cdktf write that same JSON, because rendering twice would slow the synth down. Only for a stack that does
 * not change before it is written, and for one write.
 */
export function settledConfigurationOf(stack: TerraformStack): Configuration {
  const json = stack.toTerraform() as JsonObject;
  stack.toTerraform = () => {
    Reflect.deleteProperty(stack, "toTerraform");
    return json;
  };
  return new Configuration(stack.node.id, json);
}
