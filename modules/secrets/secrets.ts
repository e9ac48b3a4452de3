import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Construct } from "constructs";
import { ConfigurationError } from "../core/configuration-error";
import { Checks } from "../core/checks";
import * as kind from "../core/kinds";
import { type WithDefaults, readProps } from "../core/props";
import { escapeTemplate } from "../core/tokens";
import { DEFAULT_LENGTH, DEFAULT_VERSION, secretsDefaults } from "./defaults";
import { RandomPassword } from "./random-password";
import { validateSecrets } from "./validation/secrets";

/** Oldest Terraform that knows write-only attributes. A stack with this construct has to require it. */
export const MINIMUM_TERRAFORM_VERSION = "1.11.0";

/** A secret whose value Terraform draws, letters and digits only. */
export interface GeneratedSecret {
  /** What it is for. */
  readonly description: string;
  /**
   * Characters, 16 to 4096.
   * @default 48
   */
  readonly length?: number;
  /**
   * Raise it to draw a new value. ECS reads a secret when a task starts: deploy afterwards.
   * @default 1
   */
  readonly version?: number;
}

/** A secret whose value a person or a pipeline puts. */
export interface ExternalSecret {
  /** What it is for, and where its value comes from. */
  readonly description: string;
}

export interface SecretsProps {
  /** Stem of all names in here: a secret is called `<name>/<key>`. */
  readonly name: string;
  /**
   * Secrets with a random value, by key.
   * @default none
   */
  readonly generated?: Readonly<Record<string, GeneratedSecret>>;
  /**
   * Secrets that are made empty, by key. A task that reads one cannot start until its value is put (see the README).
   * @default none
   */
  readonly external?: Readonly<Record<string, ExternalSecret>>;
  /**
   * Days in which a deleted secret can be restored, 7 to 30; its name cannot be used again before. 0 needs `allowImmediateDeletion`.
   * @default 30
   */
  readonly recoveryWindowDays?: number;
  /**
   * Whether `recoveryWindowDays` may be 0, so that an environment can be destroyed and made again at once. Never in production.
   * @default false
   */
  readonly allowImmediateDeletion?: boolean;
  /**
   * Customer managed key for the values. Whoever reads them needs `kms:Decrypt` on it.
   * @default the key of Secrets Manager, which AWS manages
   */
  readonly kmsKeyArn?: string;
}

export type CompleteSecretsProps = WithDefaults<SecretsProps, typeof secretsDefaults>;

const PROPS: kind.Shape<SecretsProps> = {
  name: kind.string,
  generated: kind.record(
    kind.object<GeneratedSecret>({ description: kind.string, length: kind.number, version: kind.number }),
  ),
  external: kind.record(kind.object<ExternalSecret>({ description: kind.string })),
  recoveryWindowDays: kind.number,
  allowImmediateDeletion: kind.boolean,
  kmsKeyArn: kind.string,
};

/** Secrets Manager entries whose values stand in no code, no plan, no state and no output. $0.40 each a month. */
export class Secrets extends Construct {
  /** ARN of each secret by its key. That of a generated one is known only once its value is there, so a task waits for it. */
  readonly arns: Readonly<Record<string, string>>;
  /** The entries by key. */
  readonly secrets: Readonly<Record<string, SecretsmanagerSecret>>;

  private readonly props: CompleteSecretsProps;

  /** @throws ConfigurationError with every problem of the props */
  constructor(scope: Construct, id: string, props: SecretsProps) {
    super(scope, id);
    const checks = new Checks(this);
    this.props = readProps(checks, props, PROPS, secretsDefaults);
    validateSecrets(checks, this.props);

    const entries: Readonly<Record<string, { readonly description: string }>> = {
      ...this.props.generated,
      ...this.props.external,
    };
    this.secrets = mapValues(entries, (key, { description }) => this.createSecret(key, description));
    this.arns = {
      ...mapValues(this.props.generated, (key, generated) => this.createValue(key, generated).arn),
      ...mapValues(this.props.external, (key) => this.secrets[key]!.arn),
    };
  }

  /**
   * ARN of the secret with this key.
   * @throws ConfigurationError when there is none
   */
  arn(key: string): string {
    const arn = this.arns[key];
    if (arn !== undefined) return arn;
    const known = Object.keys(this.arns).sort().join(", ") || "none";
    throw new ConfigurationError(this.node.path, [
      { prop: "arn", expected: `one of ${known}`, got: `"${key}"`, remedy: "Add it to generated or external." },
    ]);
  }

  private createSecret(key: string, description: string): SecretsmanagerSecret {
    return new SecretsmanagerSecret(this, `secret-${key}`, {
      name: `${this.props.name}/${key}`,
      description: escapeTemplate(description),
      recoveryWindowInDays: this.props.recoveryWindowDays,
      kmsKeyId: this.props.kmsKeyArn,
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
      // Terraform cannot compare what it does not keep: it writes the value when this number changes, and only then.
      secretStringWoVersion: version ?? DEFAULT_VERSION,
    });
  }
}

function mapValues<T, R>(record: Readonly<Record<string, T>>, map: (key: string, value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(key, value)]));
}
