import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import { Checks } from "../core/checks";
import { policyDocument } from "../core/iam-policy";
import { readProps } from "../core/props";
import { partitionOf } from "../core/regions";
import { type CompleteEncryptionKeyProps, encryptionKeyDefaults } from "./defaults";
import { keyStatements } from "./key-policy";
import { type EncryptionKeyProps, PROPS } from "./props";
import { validateEncryptionKey } from "./validation/encryption-key";

/**
 * Creates one customer managed key for the logs, database, cache, secrets, images and alarm messages of an environment. It costs $1
 * a month, another $1 after each of the first two rotations, and $0.03 per 10,000 uses.
 */
export class EncryptionKey extends Construct {
  /** The policy is part of the key, so it is in force as soon as the ARN is known. */
  readonly keyArn: string;
  readonly key: KmsKey;

  private readonly props: CompleteEncryptionKeyProps;

  /** @throws ConfigurationError with every problem of the props */
  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const checks = new Checks(this);
    this.props = readProps(checks, props, PROPS, encryptionKeyDefaults);
    validateEncryptionKey(checks, this.props);

    const { provider, name } = this.props;
    this.key = this.createKey();
    new KmsAlias(this, "alias", { provider, name: `alias/${name}`, targetKeyId: this.key.keyId });
    this.keyArn = this.key.arn;
  }

  private createKey(): KmsKey {
    const { name, region, accountId, provider, deletionWindowDays, deletionProtection, rotationPeriodDays } =
      this.props;
    return new KmsKey(this, "key", {
      provider,
      description: `Encrypts the data of ${name}`,
      enableKeyRotation: true,
      rotationPeriodInDays: rotationPeriodDays,
      deletionWindowInDays: deletionWindowDays,
      multiRegion: false,
      policy: policyDocument(keyStatements({ partition: partitionOf(region) ?? "aws", region, accountId })),
      lifecycle: {
        // What the key encrypts refers to it until it has been updated.
        createBeforeDestroy: true,
        // KMS has no protection of its own, and a final snapshot is unreadable without the key.
        ...(deletionProtection ? { preventDestroy: true } : {}),
      },
    });
  }
}
