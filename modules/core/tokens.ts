import { Token } from "cdktf";

/** Whether the value is a token; comparing it at synth is meaningless. */
export function isUnresolved(value: unknown): boolean {
  return Token.isUnresolved(value);
}

/** Returns the value when it is known at synth, `undefined` when it is a token. */
export function literal<T>(value: T): T | undefined {
  return isUnresolved(value) ? undefined : value;
}

/**
 * Escapes `${` and `%{`, which open a template in Terraform JSON, so that text is taken literally.
 * Tokens inside the text stay tokens.
 */
export function escapeTemplate(text: string): string {
  return text.replace(/([$%])\{(?!TfToken\[)/g, "$1$1{");
}
