import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { ConfigurationError } from "../../modules/core";
import { type TerraformJson } from "../helpers/template";
import { materialize } from "./arbitraries/special";
import { checkAddresses, checkText } from "./output-checks";
import { type Target } from "./target";

const STACK = "fuzz";

/** The Terraform JSON of an accepted case, or the error message of a refused one. */
export type Verdict =
  { readonly kind: "accepted"; readonly json: TerraformJson } | { readonly kind: "refused"; readonly message: string };

/** Builds generated cases in a temporary folder, which `close` removes. */
export class Judge {
  private readonly outdir = mkdtempSync(join(tmpdir(), "fuzz-"));

  /**
   * Builds a case.
   * @param id construct id, which every address starts with
   * @throws Error if it is neither refused with a ConfigurationError nor clean Terraform JSON
   */
  verdict(target: Target, data: unknown, id = target.name): Verdict {
    return this.ofApp((app) => {
      const stack = new TerraformStack(app, STACK);
      new AwsProvider(stack, "aws", { region: "ap-northeast-1" });
      target.build(stack, id, materialize(new Construct(stack, `${id}-input`), data) as never);
      return stack;
    });
  }

  /** Builds a whole stack, which creates its own provider. */
  ofApp(build: (app: App) => TerraformStack): Verdict {
    const app = new App({ outdir: this.outdir });
    let stack: TerraformStack;
    try {
      stack = build(app);
      app.synth();
    } catch (error) {
      if (error instanceof ConfigurationError) return { kind: "refused", message: error.message };
      throw error;
    }
    const text = readFileSync(join(this.outdir, "stacks", stack.node.id, "cdk.tf.json"), "utf8");
    const json = JSON.parse(text) as TerraformJson;
    checkText(text);
    checkAddresses(stack, json);
    return { kind: "accepted", json };
  }

  close(): void {
    rmSync(this.outdir, { recursive: true, force: true });
  }
}
