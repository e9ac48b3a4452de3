import * as kind from "../core/kinds";

/** A secret with a random value of letters and digits that Terraform generates. */
export interface GeneratedSecret {
  /** What the secret is for. */
  readonly description: string;
  /**
   * Number of characters, 16 to 4096.
   * @default 48
   */
  readonly length?: number | undefined;
  /**
   * Raise it to generate a new value. ECS reads a secret only when a task starts, so deploy afterwards.
   * @default 1
   */
  readonly version?: number | undefined;
}

/** A secret whose value a person or a pipeline puts into Secrets Manager. */
export interface ExternalSecret {
  /** What the secret is for, and where its value comes from. */
  readonly description: string;
}

export interface SecretsProps {
  /** Stem of all names: a secret is called `<name>/<key>`. */
  readonly name: string;
  /**
   * Secrets with a generated value, by key.
   * @default none
   */
  readonly generated?: Readonly<Record<string, GeneratedSecret>> | undefined;
  /**
   * Secrets that are created without a value, by key. A task that reads one cannot start before its value is put (see the README).
   * @default none
   */
  readonly external?: Readonly<Record<string, ExternalSecret>> | undefined;
  /**
   * Days in which a deleted secret can be restored, 7 to 30; its name cannot be used again until they have passed. 0 requires
   * `allowImmediateDeletion`.
   * @default 30
   */
  readonly recoveryWindowDays?: number | undefined;
  /**
   * Whether `recoveryWindowDays` may be 0, so that an environment can be destroyed and created again at once. Never use it in
   * production.
   * @default false
   */
  readonly allowImmediateDeletion?: boolean | undefined;
  /**
   * Customer managed key for the values. Every role that reads them needs `kms:Decrypt` on it.
   * @default the key of Secrets Manager, which AWS manages
   */
  readonly kmsKeyArn?: string | undefined;
}

export const PROPS: kind.Shape<SecretsProps> = {
  name: kind.string,
  generated: kind.record(
    kind.object<GeneratedSecret>({ description: kind.string, length: kind.number, version: kind.number }),
  ),
  external: kind.record(kind.object<ExternalSecret>({ description: kind.string })),
  recoveryWindowDays: kind.number,
  allowImmediateDeletion: kind.boolean,
  kmsKeyArn: kind.string,
};
