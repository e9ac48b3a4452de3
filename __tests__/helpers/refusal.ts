import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { ConfigurationError } from "../../modules/core/configuration-error";
import { STACK } from "./synth";

/** Removes the problem code from the end of each line; __tests__/errors asserts the codes. */
export function withoutCodes(message: string): string {
  return message.replace(/ \([a-z0-9-]+\/[a-z0-9-]+\)$/gm, "");
}

/** Runs a build that must be refused, checks that nothing was written, and returns the lines of the error without their codes. */
export function refusal(build: (stack: TerraformStack) => void): string[] {
  const outdir = mkdtempSync(join(tmpdir(), "refused-"));
  try {
    const app = new App({ outdir });
    let thrown: unknown;
    try {
      build(new TerraformStack(app, STACK));
      app.synth();
    } catch (error) {
      thrown = error;
    }
    if (thrown === undefined) throw new Error("expected a refusal, but the build went through");
    if (!(thrown instanceof ConfigurationError)) throw new Error("not our error class", { cause: thrown });
    // An App creates empty output folders at once; only files must not exist.
    const written = readdirSync(outdir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    if (written.length > 0)
      throw new Error(`refused, but files were written: ${written.map((entry) => entry.name).join(", ")}`);
    return withoutCodes(thrown.message).split("\n");
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
