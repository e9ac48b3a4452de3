import { TerraformOutput } from "cdktf";
import { type Construct } from "constructs";

/** Terraform outputs by name, each with its value and description. Never contains a secret. */
export type StackOutputs = Readonly<Record<string, readonly [value: string | readonly string[], description: string]>>;

/** Creates the outputs that people and pipelines read from an applied stack. */
export function addOutputs(scope: Construct, outputs: StackOutputs): void {
  for (const [id, [value, description]] of Object.entries(outputs))
    new TerraformOutput(scope, id, { value, description });
}
