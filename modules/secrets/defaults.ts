import { type SecretsProps } from "./secrets";

export const secretsDefaults = {
  generated: {},
  external: {},
  recoveryWindowDays: 30,
  allowImmediateDeletion: false,
} as const satisfies Partial<SecretsProps>;

/** Letters and digits carry 5.95 bits each: 48 of them are 285 bits, more than any key of 256 bits needs. */
export const DEFAULT_LENGTH = 48;
export const DEFAULT_VERSION = 1;
