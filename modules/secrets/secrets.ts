import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Construct } from "constructs";
import { ConfigurationError } from "../core/configuration-error";
import { Checks } from "../core/checks";
import { readProps } from "../core/props";
import { escapeTemplate } from "../core/tokens";
import { type CompleteSecretsProps, DEFAULT_LENGTH, DEFAULT_VERSION, secretsDefaults } from "./defaults";
import { type GeneratedSecret, PROPS, type SecretsProps } from "./props";
import { RandomPassword } from "./random-password";
import { validateSecrets } from "./validation/secrets";

/** Oldest Terraform version with write-only attributes. Every stack with this construct must require it. */
export const MINIMUM_TERRAFORM_VERSION = "1.11.0";

/**
 * Creates Secrets Manager secrets whose values never appear in code, in a plan, in the state or in an output. $0.40 per secret and
 * month.
 */
export class Secrets extends Construct {
  /**
   * ARN of each secret by its key. The ARN of a generated secret is known only after its value has been written, so a task that uses
   * the ARN is created after that.
   */
  readonly arns: Readonly<Record<string, string>>;
  /** The secrets by key. */
  readonly secrets: Readonly<Record<string, SecretsmanagerSecret>>;

  private readonly props: CompleteSecretsProps;

  /** @throws ConfigurationError with every problem of the props */
  constructor(scope: Construct, id: string, props: SecretsProps) {
    super(scope, id);
    const checks = new Checks(this);
    this.props = readProps(checks, props, PROPS, secretsDefaults);
    validateSecrets(checks, this.props);

    const descriptions: Readonly<Record<string, { readonly description: string }>> = {
      ...this.props.generated,
      ...this.props.external,
    };
    this.secrets = mapValues(descriptions, (key, { description }) => this.createSecret(key, description));
    this.arns = {
      ...mapValues(this.props.generated, (key, generated) => this.createValue(key, generated).arn),
      ...mapValues(this.props.external, (key) => this.secrets[key]!.arn),
    };
  }

  /**
   * Returns the ARN of the secret with this key.
   * @throws ConfigurationError when there is no such secret
   */
  arn(key: string): string {
    const arn = this.arns[key];
    if (arn !== undefined) return arn;
    const known = Object.keys(this.arns).sort().join(", ") || "none";
    throw new ConfigurationError(this.node.path, [
      {
        code: "secrets/unknown-key",
        prop: "arn",
        expected: `one of ${known}`,
        got: `"${key}"`,
        remedy: "Add it to generated or external.",
      },
    ]);
  }

  private createSecret(key: string, description: string): SecretsmanagerSecret {
    return new SecretsmanagerSecret(this, `secret-${key}`, {
      name: `${this.props.name}/${key}`,
      description: escapeTemplate(description),
      recoveryWindowInDays: this.props.recoveryWindowDays,
      kmsKeyId: this.props.kmsKeyArn,
      // Tasks that start still read the secret until their service has been updated.
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private createValue(key: string, { length, version }: GeneratedSecret): SecretsmanagerSecretVersion {
    const secret = this.secrets[key]!;
    const password = new RandomPassword(this, `password-${key}`, {
      length: length ?? DEFAULT_LENGTH,
      secretArn: secret.arn,
    });
    return new SecretsmanagerSecretVersion(this, `value-${key}`, {
      secretId: secret.id,
      secretStringWo: password.value,
      // Terraform does not store the value and so cannot compare it: it writes the value only when this number changes.
      secretStringWoVersion: version ?? DEFAULT_VERSION,
    });
  }
}

function mapValues<T, R>(record: Readonly<Record<string, T>>, map: (key: string, value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(key, value)]));
}
