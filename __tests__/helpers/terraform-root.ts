import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsSimulator } from "../../../tools/simulator/aws-simulator";
import { discover } from "../../../tools/simulator/discovery";
import { driftOf } from "../../../tools/simulator/drift";
import { simulatorVariables, withoutForeign } from "../../../tools/simulator/environment";
import { foreignResources, type Json } from "../../../tools/simulator/synthesized";
import { Terraform } from "../../../tools/simulator/terraform";

/** A hand-written Terraform root, applied by the real Terraform to a simulator of its own. */
export class AppliedFixture {
  private constructor(
    public readonly simulator: AwsSimulator,
    private readonly terraform: Terraform,
    private readonly folder: string,
  ) {}

  public static async apply(name: string): Promise<AppliedFixture> {
    const file = join(__dirname, "fixtures", `${name}.tf.json`);
    const foreign = foreignResources(JSON.parse(readFileSync(file, "utf8")) as Json);
    const programs = await discover();
    const folder = mkdtempSync(join(tmpdir(), `simulator-${name}-`));
    const simulator = await AwsSimulator.start({ python: programs.python, ...foreign });
    const root = join(folder, "root");
    mkdirSync(root);
    cpSync(file, join(root, "main.tf.json"));
    const aws = { endpoint: simulator.endpoint, region: foreign.region };
    const terraform = new Terraform({
      program: programs.terraform.path,
      folder: root,
      env: { ...withoutForeign(process.env), ...simulatorVariables(aws, folder, programs.providerMirror) },
      label: name,
    });
    const fixture = new AppliedFixture(simulator, terraform, folder);
    try {
      await terraform.init();
      await terraform.validate();
      await terraform.plan("plan.tfplan");
      await terraform.apply("plan.tfplan");
    } catch (error) {
      await fixture.dispose();
      throw error;
    }
    return fixture;
  }

  /** What a second plan would change: nothing, if simulator and provider understand each other. */
  public async drift(): Promise<unknown> {
    const { exitCode } = await this.terraform.plan("second.tfplan");
    return exitCode === 0 ? [] : driftOf(await this.terraform.showPlan("second.tfplan"));
  }

  /** Destroys everything and returns what is left in the state. */
  public async destroy(): Promise<readonly unknown[]> {
    await this.terraform.destroy();
    return (await this.terraform.showState()).values?.root_module?.resources ?? [];
  }

  public async dispose(): Promise<void> {
    await this.simulator.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
