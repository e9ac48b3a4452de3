import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { contract } from "../../app/contract";
import { type Environment, registry } from "../../environments";
import { ServiceStack } from "../../stacks/service-stack";
import { Template, type TerraformJson } from "./template";

/** Synthesizes the stack of an environment in this process. */
export function synthesizedEnvironment(environment: Environment): Template {
  const outdir = mkdtempSync(join(tmpdir(), "synth-"));
  try {
    const app = new App({ outdir, stackTraces: false });
    const id = `${contract.name}-${environment.name}`;
    new ServiceStack(app, id, { contract, environment, registry, backend: "local" });
    app.synth();
    const text = readFileSync(join(outdir, "stacks", id, "cdk.tf.json"), "utf8");
    return new Template(JSON.parse(text) as TerraformJson, text);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
