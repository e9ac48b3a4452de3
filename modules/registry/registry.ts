import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { EcrRepositoryPolicy } from "@cdktf/provider-aws/lib/ecr-repository-policy";
import { Construct } from "constructs";
import { arnField } from "../core/arn";
import { policyDocument } from "../core/iam-policy";
import { Checks } from "../core/checks";
import { readProps } from "../core/props";
import { type CompleteRegistryProps, registryDefaults } from "./defaults";
import { lifecyclePolicy } from "./lifecycle-policy";
import { PROPS, type RegistryProps } from "./props";
import { validateRegistry } from "./validation/registry";

/** The only actions that another account needs to pull an image. Source: ECR user guide, "Repository policy examples". */
const PULL_ACTIONS = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

/** Creates an ECR repository with immutable tags, a scan at each push and a lifecycle policy that deletes old images. */
export class Registry extends Construct {
  /** URL without a tag: `123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/messenger-crm`. */
  readonly repositoryUrl: string;
  readonly repositoryArn: string;
  readonly repositoryName: string;
  readonly repository: EcrRepository;

  private readonly props: CompleteRegistryProps;

  /** @throws ConfigurationError with every problem of the props */
  constructor(scope: Construct, id: string, props: RegistryProps) {
    super(scope, id);
    const checks = new Checks(this);
    this.props = readProps(checks, props, PROPS, registryDefaults);
    validateRegistry(checks, this.props);

    this.repository = this.createRepository();
    this.createLifecyclePolicy();
    this.createPullPolicy(this.props.pullAccountIds ?? []);

    this.repositoryUrl = this.repository.repositoryUrl;
    this.repositoryArn = this.repository.arn;
    this.repositoryName = this.props.repositoryName;
  }

  private createRepository(): EcrRepository {
    const { kmsKeyArn } = this.props;
    return new EcrRepository(this, "repository", {
      name: this.props.repositoryName,
      // If a tag could move, a restarted task could run a different image than the tasks beside it.
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: [
        kmsKeyArn === undefined ? { encryptionType: "AES256" } : { encryptionType: "KMS", kmsKey: kmsKeyArn },
      ],
      forceDelete: this.props.forceDelete,
    });
  }

  private createLifecyclePolicy(): void {
    new EcrLifecyclePolicy(this, "lifecycle-policy", {
      repository: this.repository.id,
      policy: lifecyclePolicy({
        keepTaggedImages: this.props.keepTaggedImages,
        keepByTagPattern: this.props.keepByTagPattern ?? {},
        expireUntaggedAfterDays: this.props.expireUntaggedAfterDays,
      }),
    });
  }

  private createPullPolicy(accountIds: readonly string[]): void {
    if (accountIds.length === 0) return;
    const partition = arnField(this.repository.arn, "partition");
    new EcrRepositoryPolicy(this, "pull-policy", {
      repository: this.repository.id,
      policy: policyDocument([
        {
          Sid: "PullFromOtherAccounts",
          Effect: "Allow",
          Principal: { AWS: accountIds.map((accountId) => `arn:${partition}:iam::${accountId}:root`) },
          Action: PULL_ACTIONS,
        },
      ]),
    });
  }
}
