import { TerraformOutput, TerraformStack } from "cdktf";
import { type Construct } from "constructs";
import { type ApplicationContract } from "../app/contract";
import { Registry } from "../modules/registry";
import { addAwsProvider } from "./aws-provider";
import { addStateBackend, type StateBackend } from "./state-backend";

/** Where the image repository of all environments is. */
export interface RegistryLocation {
  readonly accountId: string;
  readonly region: string;
  readonly state: { readonly bucket: string };
}

export interface RegistryStackProps {
  readonly contract: ApplicationContract;
  readonly registry: RegistryLocation;
  readonly backend: StateBackend;
}

/** Returns the URL of the application's repository, computed from its location so that no stack reads another's state. */
export function repositoryUrl({ accountId, region }: RegistryLocation, contract: ApplicationContract): string {
  return `${accountId}.dkr.ecr.${region}.amazonaws.com/${contract.name}`;
}

export function repositoryArn({ accountId, region }: RegistryLocation, contract: ApplicationContract): string {
  return `arn:aws:ecr:${region}:${accountId}:repository/${contract.name}`;
}

/** Creates the image repository that every environment pulls from: an image is built once and promoted by tag or digest. */
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
