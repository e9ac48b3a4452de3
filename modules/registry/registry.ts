import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { EcrRepositoryPolicy } from "@cdktf/provider-aws/lib/ecr-repository-policy";
import { Construct } from "constructs";
import { arnField } from "../core/arn";
import { policyDocument } from "../core/iam-policy";
import { Checks } from "../core/checks";
import * as kind from "../core/kinds";
import { type WithDefaults, readProps } from "../core/props";
import { registryDefaults } from "./defaults";
import { lifecyclePolicy } from "./lifecycle-policy";
import { validateRegistry } from "./validation/registry";

export interface RegistryProps {
  /** Name of the repository, for example `messenger-crm`; lower case, may have a path (`crm/messenger`). Changing it replaces it. */
  readonly repositoryName: string;
  /**
   * Tagged images to keep, newest first; 2 to 10 000. A deployed image beyond this number is deleted too: running tasks go on,
   * new ones cannot start. $0.10 a GB and month.
   * @default 30
   */
  readonly keepTaggedImages?: number;
  /**
   * Tags that have a count of their own, by pattern, before all others: `{ "release-*": 100 }`.
   * @default none
   */
  readonly keepByTagPattern?: Readonly<Record<string, number>>;
  /**
   * Days until an image without a tag is deleted.
   * @default 7
   */
  readonly expireUntaggedAfterDays?: number;
  /**
   * Customer managed key for the layers. Changing it replaces the repository and with it every image.
   * @default AES-256 with a key that AWS owns
   */
  readonly kmsKeyArn?: string;
  /**
   * Ids of other accounts that may pull, for one image that is promoted from account to account.
   * @default none
   */
  readonly pullAccountIds?: readonly string[];
  /**
   * Whether destroying the repository deletes the images in it; without it AWS refuses while there are any.
   * @default false
   */
  readonly forceDelete?: boolean;
}

export type CompleteRegistryProps = WithDefaults<RegistryProps, typeof registryDefaults>;

const PROPS: kind.Shape<RegistryProps> = {
  repositoryName: kind.string,
  keepTaggedImages: kind.number,
  keepByTagPattern: kind.record(kind.number),
  expireUntaggedAfterDays: kind.number,
  kmsKeyArn: kind.string,
  pullAccountIds: kind.array(kind.string),
  forceDelete: kind.boolean,
};

/** What another account needs to pull an image, and nothing more. Source: ECR user guide, "Repository policy examples". */
const PULL_ACTIONS = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

/** A container image repository whose tags never move, scanned at each push, that cleans up after itself. */
export class Registry extends Construct {
  /** Without tag: `123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/messenger-crm`. */
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
      // A tag that moves would let a restarted task run another program than the one beside it.
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
      repository: this.repository.name,
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
      repository: this.repository.name,
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
