import { Token } from "cdktf";

/** True when Terraform only learns the value later: comparing such a value at synth is meaningless. */
export function isUnresolved(value: unknown): boolean {
  return Token.isUnresolved(value);
}

/** The value when it is known at synth, `undefined` when it is a token. */
export function literal<T>(value: T): T | undefined {
  return isUnresolved(value) ? undefined : value;
}

/**
 * Makes text from a user mean itself in Terraform JSON, where `${` and `%{` open a template.
 * Tokens inside the text stay tokens.
 */
export function escapeTemplate(text: string): string {
  return text.replace(/([$%])\{(?!TfToken\[)/g, "$1$1{");
}
