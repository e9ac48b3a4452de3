import { type WithDefaults } from "../core/props";
import { type SecretsProps } from "./props";

export const secretsDefaults = {
  generated: {},
  external: {},
  recoveryWindowDays: 30,
  allowImmediateDeletion: false,
} as const satisfies Partial<SecretsProps>;

export type CompleteSecretsProps = WithDefaults<SecretsProps, typeof secretsDefaults>;

/** Letters and digits carry 5.95 bits each: 48 of them have 285 bits, more than a 256-bit key needs. */
export const DEFAULT_LENGTH = 48;
export const DEFAULT_VERSION = 1;
