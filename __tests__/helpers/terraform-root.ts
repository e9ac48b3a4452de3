import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expectAllowed } from "../../tools/simulator/report";
import { AwsSimulator } from "../../tools/simulator/aws-simulator";
import { findPrograms } from "../../tools/simulator/find-programs";
import { driftOf } from "../../tools/terraform/drift";
import { simulatorVariables } from "../../tools/simulator/environment";
import { isolatedEnvironment } from "../../tools/terraform/environment";
import { prerequisitesOf } from "../../tools/simulator/prerequisites";
import { type Json } from "../../tools/terraform/json";
import { type PlanJson } from "../../tools/terraform/plan-json";
import { type PlanResult, Terraform } from "../../tools/terraform/terraform";

export interface RootOptions {
  /** Further environment variables of Terraform. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Configurations that follow: what they expect to exist exists from the start. */
  readonly laterFiles?: readonly string[];
}

/** A Terraform root module in its own folder with its own simulator, run by the real Terraform. */
export class TerraformRoot {
  /** Terraform's JSON events, in order. */
  readonly log: string[] = [];

  private constructor(
    readonly simulator: AwsSimulator,
    private readonly folder: string,
    private readonly label: string,
    private readonly terraform: () => Terraform,
  ) {}

  /**
   * Starts a simulator and initializes the root module.
   * @param file Terraform JSON, copied unchanged
   */
  static async init(file: string, { variables = {}, laterFiles = [] }: RootOptions = {}): Promise<TerraformRoot> {
    const [first, ...later] = [file, ...laterFiles].map((name) =>
      prerequisitesOf(JSON.parse(readFileSync(name, "utf8")) as Json),
    );
    const certificates = [first!, ...later].flatMap((prerequisites) => prerequisites.certificates);
    const foreign = { ...first!, certificates: [...new Set(certificates)] };
    const programs = await findPrograms();
    const folder = mkdtempSync(join(tmpdir(), "terraform-root-"));
    mkdirSync(join(folder, "root"));
    const simulator = await AwsSimulator.start({ python: programs.python, ...foreign });
    const aws = { endpoint: simulator.endpoint, region: foreign.region };
    const env = {
      ...isolatedEnvironment(process.env),
      ...simulatorVariables(aws, folder, programs.providerMirror),
      ...variables,
    };
    const root: TerraformRoot = new TerraformRoot(simulator, folder, file, () => {
      const onEvent = (event: object) => root.log.push(JSON.stringify(event));
      const apiErrors = (): string => simulator.errors();
      const program = programs.terraform.path;
      return new Terraform({ program, folder: root.path(), env, label: file, onEvent, apiErrors });
    });
    return root.disposeOnError(async () => {
      root.replaceConfiguration(file);
      await root.terraform().init();
    });
  }

  /** Initializes and applies a root module; the plan validates it. */
  static async applied(file: string): Promise<TerraformRoot> {
    const root = await TerraformRoot.init(file);
    return root.disposeOnError(async () => {
      await root.apply();
    });
  }

  /** Replaces the configuration, as a new synth would. */
  replaceConfiguration(file: string): void {
    cpSync(file, join(this.path(), "main.tf.json"));
  }

  /** Sets variables for every later plan, like `-var`; those that are not given have their defaults. */
  setVariables(values: Readonly<Record<string, string>>): void {
    writeFileSync(join(this.path(), "terraform.tfvars.json"), JSON.stringify(values));
  }

  validate(): Promise<void> {
    return this.terraform().validate();
  }

  plan(): Promise<PlanResult> {
    return this.terraform().plan("plan.tfplan");
  }

  async apply(): Promise<void> {
    await this.plan();
    await this.terraform().apply("plan.tfplan");
  }

  /** Returns what a second plan would change; empty if configuration, simulator and provider agree. @throws as expectAllowed */
  async drift(): Promise<unknown> {
    const { exitCode } = await this.plan();
    await this.expectAllowed();
    return exitCode === 0 ? [] : driftOf(await this.terraform().showPlan("plan.tfplan"));
  }

  /** Returns the last plan as `terraform show -json` prints it. */
  shownPlan(): Promise<PlanJson> {
    return this.terraform().showPlan("plan.tfplan");
  }

  /** Returns the last plan, the state and Terraform's output, as text. */
  async planStateAndLog(): Promise<string> {
    const terraform = this.terraform();
    const state = readFileSync(join(this.path(), "terraform.tfstate"), "utf8");
    return [JSON.stringify(await terraform.showPlan("plan.tfplan")), state, ...this.log].join("\n");
  }

  /** Returns the output values in the state. */
  async outputs(): Promise<Readonly<Record<string, unknown>>> {
    const { outputs = {} } = (await this.terraform().showState()).values ?? {};
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  /** Removes a resource from the state, as `terraform state rm` does. */
  async forget(address: string): Promise<void> {
    await this.terraform().removeFromState(address);
  }

  /** Destroys everything and returns what is left in the state. @throws as expectAllowed */
  async destroy(): Promise<readonly unknown[]> {
    await this.terraform().destroy();
    await this.expectAllowed();
    return (await this.terraform().showState()).values?.root_module?.resources ?? [];
  }

  async dispose(): Promise<void> {
    await this.simulator.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Expects that AWS's API models allow all that Terraform sent so far. */
  private async expectAllowed(): Promise<void> {
    expectAllowed(await this.simulator.report(), this.label);
  }

  private path(): string {
    return join(this.folder, "root");
  }

  private async disposeOnError(work: () => Promise<void>): Promise<TerraformRoot> {
    try {
      await work();
      return this;
    } catch (error) {
      await this.dispose();
      throw error;
    }
  }
}
