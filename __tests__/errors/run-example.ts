import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { ConfigurationError } from "../../modules/core/configuration-error";
import { type Example } from "./examples/example";

/** Runs an example and synthesizes its stack. @throws Error unless it is refused with a ConfigurationError, which it returns */
export function runExample(example: Example): ConfigurationError {
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
