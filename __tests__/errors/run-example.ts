import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { ConfigurationError } from "../../modules/core/configuration-error";
import { type Example } from "./examples/example";

const refusals = new Map<Example, ConfigurationError>();

/** Returns the refusal of an example, which is run once in each test file. @throws Error if it is accepted or fails in another way */
export function refusalOf(example: Example): ConfigurationError {
  const refusal = refusals.get(example) ?? runExample(example);
  refusals.set(example, refusal);
  return refusal;
}

/** Runs an example and synthesizes its stack. */
function runExample(example: Example): ConfigurationError {
  const outdir = mkdtempSync(join(tmpdir(), "example-"));
  try {
    const app = new App({ outdir });
    example(new TerraformStack(app, "crm-prod"));
    app.synth();
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
  throw new Error("expected a refusal, but the example was accepted");
}
