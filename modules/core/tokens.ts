import { DefaultTokenResolver, StringConcat, Token, Tokenization } from "cdktf";
import { type IConstruct } from "constructs";

/** Whether the value is a token; comparing it at synth is meaningless. */
export function isUnresolved(value: unknown): boolean {
  return Token.isUnresolved(value);
}

/** Returns the value when it is known at synth, `undefined` when it is a token. */
export function literal<T>(value: T): T | undefined {
  return isUnresolved(value) ? undefined : value;
}

/**
 * Replaces tokens by the references that they stand for, `${aws_vpc.a.id}`, so that two of them can be compared: each read of an attribute
 * makes another token.
 */
export function resolveTokens(scope: IConstruct, value: unknown): unknown {
  const resolver = new DefaultTokenResolver(new StringConcat());
  return Tokenization.resolve(value, { scope, resolver, preparing: false });
}

/**
 * Escapes `${` and `%{`, which open a template in Terraform JSON, so that text is taken literally.
 * Tokens inside the text stay tokens.
 */
export function escapeTemplate(text: string): string {
  return text.replace(/([$%])\{(?!TfToken\[)/g, "$1$1{");
}
