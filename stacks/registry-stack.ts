import { TerraformOutput, TerraformStack } from "cdktf";
import { type Construct } from "constructs";
import { type AppContract } from "../app/contract";
import { Registry } from "../modules/registry";
import { addAwsProvider } from "./aws-provider";
import { addStateBackend, type StateBackend } from "./state-backend";

export interface RegistryStackProps {
  readonly contract: AppContract;
  readonly registry: {
    readonly accountId: string;
    readonly region: string;
    readonly state: { readonly bucket: string };
  };
  readonly backend: StateBackend;
}

/** URL of the app's repository: known from the registry's place alone, so that no state has to read another. */
export function repositoryUrl({ accountId, region }: RegistryStackProps["registry"], contract: AppContract): string {
  return `${accountId}.dkr.ecr.${region}.amazonaws.com/${contract.name}`;
}

export function repositoryArn({ accountId, region }: RegistryStackProps["registry"], contract: AppContract): string {
  return `arn:aws:ecr:${region}:${accountId}:repository/${contract.name}`;
}

/** The image repository that every environment pulls from: built once, promoted by tag or digest. */
export class RegistryStack extends TerraformStack {
  constructor(scope: Construct, id: string, { contract, registry, backend }: RegistryStackProps) {
    super(scope, id);
    const { accountId, region } = registry;
    addAwsProvider(this, { accountId, region, tags: { Application: contract.name, ManagedBy: "terraform" } });
    addStateBackend(this, backend, { bucket: registry.state.bucket, region });
    const repository = new Registry(this, "registry", { repositoryName: contract.name });
    new TerraformOutput(this, "repository_url", { value: repository.repositoryUrl });
  }
}
