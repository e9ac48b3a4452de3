import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildReport } from "../../plan-report/build-report";
import { type PlanReport } from "../../plan-report/report";
import { readVerdictFile } from "../../policy-report/verdict";
import { parseLoad } from "../../prices/load";
import { describeMissing } from "../../programs/finding";
import { type TerraformEvent } from "../../terraform/events";
import { findTerraform } from "../../terraform/find-terraform";
import { type Json } from "../../terraform/json";
import { modulesOfStack } from "../../terraform/modules-of-stack";
import { type PlanJson } from "../../terraform/plan-json";
import { STACK_FILE } from "../../terraform/stacks";
import { type PlanResult, Terraform } from "../../terraform/terraform";
import { DeployError } from "../errors";
import { type Target } from "../target/target";
import { inWords } from "./in-words";

const PLAN_FILE = "plan.tfplan";
const POLICIES_FILE = "policies.json";

/** A synthesized stack that Terraform runs in. */
export type StackFolder = Pick<Target, "stack" | "folder" | "region">;

export interface SessionOptions {
  readonly target: StackFolder;
  /** URL of every AWS service instead of AWS's own. */
  readonly endpoint?: string | undefined;
  /** Digest of the image to deploy; `undefined` keeps what runs. */
  readonly digest?: string | undefined;
  readonly onEvent: (event: TerraformEvent) => void;
}

/** Terraform in the folder of a stack, with the user's own credentials and settings. */
export class TerraformSession {
  private constructor(
    private readonly terraform: Terraform,
    private readonly target: StackFolder,
  ) {}

  /** Finds Terraform and initializes the folder. */
  static async start({ target, endpoint, digest, onEvent }: SessionOptions): Promise<TerraformSession> {
    const found = await findTerraform(process.env);
    if ("missing" in found) throw new DeployError(describeMissing([found.missing]));
    const env = {
      ...process.env,
      TF_IN_AUTOMATION: "1",
      TF_INPUT: "0",
      CHECKPOINT_DISABLE: "1",
      ...(endpoint === undefined ? {} : { AWS_ENDPOINT_URL: endpoint }),
      ...(digest === undefined ? {} : { TF_VAR_image_digest: digest }),
    };
    const { folder, stack } = target;
    const program = found.found.path;
    const terraform = new Terraform({ program, folder, env, label: stack, onEvent, finishOnSignal: true });
    await inWords(folder, () => terraform.init());
    return new TerraformSession(terraform, target);
  }

  /** @param options.destroy plan the destruction of everything instead */
  plan(options: { readonly destroy?: boolean } = {}): Promise<PlanResult> {
    return inWords(this.target.folder, () => this.terraform.plan(PLAN_FILE, options));
  }

  /** Returns the last plan as `terraform show -json` prints it. It contains secrets. */
  showPlan(): Promise<PlanJson> {
    return inWords(this.target.folder, () => this.terraform.showPlan(PLAN_FILE));
  }

  /** Judges the plan: data, connections, cost, policies. */
  async report(): Promise<PlanReport> {
    const { folder, stack, region } = this.target;
    const plan = await this.showPlan();
    const modules = modulesOfStack(JSON.parse(readFileSync(join(folder, STACK_FILE), "utf8")) as Json);
    const verdicts = join(folder, POLICIES_FILE);
    const policies = existsSync(verdicts) ? readVerdictFile(verdicts) : undefined;
    return buildReport([{ stack, plan, diagnostics: [], policies, modules }], { load: parseLoad(undefined), region });
  }

  /** Returns the outputs of what was applied, by name. */
  async outputs(): Promise<Readonly<Record<string, unknown>>> {
    const state = await inWords(this.target.folder, () => this.terraform.showState());
    const outputs = Object.entries(state.values?.outputs ?? {});
    return Object.fromEntries(outputs.map(([name, { value }]) => [name, value]));
  }

  async apply(): Promise<void> {
    await inWords(this.target.folder, () => this.terraform.apply(PLAN_FILE));
  }
}
