import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { Checks, formatValue } from "../core/checks";
import { policyDocument } from "../core/iam-policy";
import * as kind from "../core/kinds";
import { type WithDefaults, readProps } from "../core/props";
import { isUnresolved } from "../core/tokens";
import { encryptionKeyDefaults } from "./defaults";
import { keyStatements, partitionOf } from "./key-policy";

export interface EncryptionKeyProps {
  /** Stem of the alias, `alias/<name>`. */
  readonly name: string;
  /** Region of the key and of what it encrypts, a literal: `ap-northeast-1`. */
  readonly region: string;
  /** Account of the key, a literal: its policy has to name it before the key exists. */
  readonly accountId: string;
  /**
   * Provider of the key's region.
   * @default the stack's
   */
  readonly provider?: TerraformProvider;
  /**
   * Days in which a deleted key can be restored, 7 to 30. With the key goes everything that it encrypted.
   * @default 30
   */
  readonly deletionWindowDays?: number;
  /**
   * Days between two rotations by AWS, 90 to 2560. Old data stays readable.
   * @default 365
   */
  readonly rotationPeriodDays?: number;
}

type CompleteProps = WithDefaults<EncryptionKeyProps, typeof encryptionKeyDefaults>;

const PROPS: kind.Shape<EncryptionKeyProps> = {
  name: kind.string,
  region: kind.string,
  accountId: kind.string,
  provider: kind.unknown,
  deletionWindowDays: kind.number,
  rotationPeriodDays: kind.number,
};

/**
 * One customer managed key for logs, database, cache, secrets, images and alarms of an environment. $1 a month for each rotation it
 * has been through (three at most), and $0.03 per 10 000 uses.
 */
export class EncryptionKey extends Construct {
  /** The policy is part of the key: whoever has the ARN finds it in force. */
  readonly keyArn: string;
  readonly key: KmsKey;

  private readonly props: CompleteProps;

  /** @throws ConfigurationError with every problem of the props */
  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const checks = new Checks(this);
    this.props = readProps(checks, props, PROPS, encryptionKeyDefaults);
    validate(checks, this.props);

    const { provider, name } = this.props;
    this.key = this.createKey();
    new KmsAlias(this, "alias", { provider, name: `alias/${name}`, targetKeyId: this.key.keyId });
    this.keyArn = this.key.arn;
  }

  private createKey(): KmsKey {
    const { name, region, accountId, provider, deletionWindowDays, rotationPeriodDays } = this.props;
    return new KmsKey(this, "key", {
      provider,
      description: `Encrypts the data of ${name}`,
      enableKeyRotation: true,
      rotationPeriodInDays: rotationPeriodDays,
      deletionWindowInDays: deletionWindowDays,
      multiRegion: false,
      policy: policyDocument(keyStatements({ partition: partitionOf(region), region, accountId })),
    });
  }
}

const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;
const ACCOUNT_ID = /^\d{12}$/;

function validate(checks: Checks, props: CompleteProps): void {
  checks.baseName("name", props.name);
  const literal = (prop: "region" | "accountId", pattern: RegExp, expected: string, remedy: string) =>
    checks.require(!isUnresolved(props[prop]) && pattern.test(String(props[prop])), {
      prop,
      expected,
      got: formatValue(props[prop]),
      remedy,
    });
  literal("region", REGION, "a literal region such as ap-northeast-1", "The policy names the services of one region.");
  literal("accountId", ACCOUNT_ID, "12 literal digits", "Find it with `aws sts get-caller-identity`.");
  checks.require(props.provider === undefined || TerraformProvider.isTerraformProvider(props.provider), {
    prop: "provider",
    expected: "a provider",
    got: formatValue(props.provider),
    remedy: "Pass an AwsProvider of the key's region.",
  });
  const restore = "KMS keeps a deleted key for 7 to 30 days.";
  checks.integer("deletionWindowDays", props.deletionWindowDays, { min: 7, max: 30, unit: "days" }, restore);
  const rotate = "KMS rotates every 90 to 2560 days.";
  checks.integer("rotationPeriodDays", props.rotationPeriodDays, { min: 90, max: 2560, unit: "days" }, rotate);
  checks.throwIfInvalid();
}
