import { TerraformOutput, TerraformStack } from "cdktf";
import { type Construct } from "constructs";
import { type ApplicationContract } from "../app/contract";
import { dnsSuffixOf, partitionOf } from "../modules/core/regions";
import { Registry } from "../modules/registry";
import { addAwsProvider } from "./aws-provider";
import { addStateBackend, type StateBackend } from "./state-backend";

/** Where the image repository of all environments is. */
export interface RegistryLocation {
  readonly accountId: string;
  readonly region: string;
  readonly state: { readonly bucket: string };
  /** Name of the repository. @default the application's */
  readonly repositoryName?: string;
}

export interface RegistryStackProps {
  readonly contract: ApplicationContract;
  /** `disposable`: whether the repository may be destroyed with its images; default false. */
  readonly registry: RegistryLocation & { readonly disposable?: boolean };
  readonly backend: StateBackend;
  /** Default tags beside `Application` and `ManagedBy`. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Returns the URL of the application's repository, computed from its location so that no stack reads another's state. */
export function repositoryUrl(location: RegistryLocation, contract: ApplicationContract): string {
  const { accountId, region, repositoryName = contract.name } = location;
  return `${accountId}.dkr.ecr.${region}.${dnsSuffixOf(partitionIn(region))}/${repositoryName}`;
}

export function repositoryArn(location: RegistryLocation, contract: ApplicationContract): string {
  const { accountId, region, repositoryName = contract.name } = location;
  return `arn:${partitionIn(region)}:ecr:${region}:${accountId}:repository/${repositoryName}`;
}

function partitionIn(region: string): string {
  return partitionOf(region) ?? "aws";
}

/** Creates the image repository that every environment pulls from: an image is built once and promoted by tag or digest. */
export class RegistryStack extends TerraformStack {
  constructor(scope: Construct, id: string, { contract, registry, backend, tags }: RegistryStackProps) {
    super(scope, id);
    const { accountId, region, repositoryName = contract.name, disposable = false } = registry;
    const ownTags = { Application: contract.name, ManagedBy: "terraform", ...tags };
    addAwsProvider(this, { accountId, region, tags: ownTags });
    addStateBackend(this, backend, { bucket: registry.state.bucket, region });
    const repository = new Registry(this, "registry", { repositoryName, forceDelete: disposable });
    new TerraformOutput(this, "repository_url", { value: repository.repositoryUrl });
  }
}
