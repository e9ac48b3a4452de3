import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { Template, type TerraformJson } from "./template";

export const STACK = "test";

/**
 * Synthesizes one stack, with prepareStack, aspects and validations, and returns the JSON that Terraform would read.
 * @param region of the stack's provider
 */
export function synthesize(build: (stack: TerraformStack) => void, region = "ap-northeast-1"): Template {
  const outdir = mkdtempSync(join(tmpdir(), "synth-"));
  try {
    const app = new App({ outdir });
    const stack = new TerraformStack(app, STACK);
    new AwsProvider(stack, "aws", { region });
    build(stack);
    app.synth();
    const text = readFileSync(join(outdir, "stacks", STACK, "cdk.tf.json"), "utf8");
    return new Template(JSON.parse(text) as TerraformJson, text);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
