import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { simulatorVariables } from "../../tools/simulator/environment";
import { isolatedEnvironment } from "../../tools/terraform/environment";
import { TerraformError } from "../../tools/terraform/errors";
import { findProviderMirror } from "../../tools/terraform/find-provider-mirror";
import { findTerraform } from "../../tools/terraform/find-terraform";
import { describeMissing } from "../../tools/programs/finding";
import { Terraform } from "../../tools/terraform/terraform";
import { synthesize } from "./synth";
import { type TerraformJson } from "./template";

/** An address without a server: validation sends no requests. */
const NO_ENDPOINT = "http://127.0.0.1:9";
/** The region of CloudFront's certificates and web ACLs, and the alias of its provider. */
const EDGE = "us-east-1";

/** A folder, initialized once, in which Terraform validates sets of configurations one after the other. */
export class TerraformValidator {
  private constructor(
    private readonly folder: string,
    private readonly terraform: Terraform,
  ) {}

  static async init(): Promise<TerraformValidator> {
    const program = await findTerraform(process.env);
    if ("missing" in program) throw new TerraformError(describeMissing([program.missing]));
    const folder = mkdtempSync(join(tmpdir(), "validate-"));
    const aws = { endpoint: NO_ENDPOINT, region: "ap-northeast-1" };
    const home = join(folder, "home");
    const env = {
      ...isolatedEnvironment(process.env),
      ...simulatorVariables(aws, home, findProviderMirror(process.env)),
    };
    const root = join(folder, "root");
    mkdirSync(root);
    const terraform = new Terraform({ program: program.found.path, folder: root, env, label: "fuzz" });
    const made = new TerraformValidator(folder, terraform);
    // The second provider is for CloudFront's resources; cases refer to it by its alias.
    const providers = synthesize((stack) => void new AwsProvider(stack, "edge", { region: EDGE, alias: EDGE }));
    const { terraform: settings, provider } = providers.json;
    made.write("main", { terraform: settings, provider });
    await terraform.init();
    return made;
  }

  /**
   * Validates configurations together, each in a file of its own name. Their common parts (`terraform`, `provider`) are written once.
   * @returns Terraform's errors, which name the file, or `undefined`
   */
  async errors(configurations: Readonly<Record<string, TerraformJson>>): Promise<string | undefined> {
    const names = Object.keys(configurations);
    for (const [name, json] of Object.entries(configurations)) this.write(name, withoutCommonParts(json));
    try {
      await this.terraform.validate();
      return undefined;
    } catch (error) {
      if (error instanceof TerraformError) return error.message;
      throw error;
    } finally {
      for (const name of names) rmSync(this.fileOf(name));
    }
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private write(name: string, json: TerraformJson): void {
    writeFileSync(this.fileOf(name), JSON.stringify(json, undefined, 1));
  }

  private fileOf(name: string): string {
    return join(this.folder, "root", `${name}.tf.json`);
  }
}

function withoutCommonParts(json: TerraformJson): TerraformJson {
  return Object.fromEntries(Object.entries(json).filter(([part]) => part !== "terraform" && part !== "provider"));
}
