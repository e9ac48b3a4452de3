import * as fc from "fast-check";
import { LOG_RETENTION_DAYS } from "../../../modules/core";
import { Special, TOKENS } from "./special";

const ACCOUNT = "123456789012";
const REGION = "ap-northeast-1";

type TextToken = keyof typeof TOKENS.text;
type NumberToken = keyof typeof TOKENS.number;

/** Generates text, sometimes as a token. */
export function text(literals: fc.Arbitrary<string>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 9, arbitrary: literals }, { weight: 1, arbitrary: textAtApply(literals) });
}

/** Generates tokens for such text. */
export function textAtApply(literals: fc.Arbitrary<string>): fc.Arbitrary<unknown> {
  const kinds = fc.constantFrom(...(Object.keys(TOKENS.text) as TextToken[]));
  // A token's value becomes a Terraform expression, in which ${ would start a template.
  return fc.tuple(kinds, literals).map(([kind, literal]) => new Special(kind, literal.replace(/[$%]\{/g, "(")));
}

/** Generates numbers, sometimes as a token. */
export function number(literals: fc.Arbitrary<number>): fc.Arbitrary<unknown> {
  const kinds = fc.constantFrom(...(Object.keys(TOKENS.number) as NumberToken[]));
  const token = fc.tuple(kinds, literals).map(([kind, literal]) => new Special(kind, literal));
  return fc.oneof({ weight: 9, arbitrary: literals }, { weight: 1, arbitrary: token });
}

/** Generates whole numbers of a range, often its limits. */
export function within(min: number, max: number): fc.Arbitrary<number> {
  return fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, max));
}

/** Generates lists of `min` to `max` different items. */
export function some<T>(items: fc.Arbitrary<T>, min: number, max: number): fc.Arbitrary<T[]> {
  return fc.uniqueArray(items, { minLength: min, maxLength: max });
}

/** Generates records with up to `max` keys. */
export function keyed<T>(
  keys: fc.Arbitrary<string>,
  values: fc.Arbitrary<T>,
  max = 3,
): fc.Arbitrary<Record<string, T>> {
  return fc.dictionary(keys, values, { maxKeys: max, noNullPrototype: true });
}

export const baseName = fc.stringMatching(/^[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,6}){0,3}$/);
export const key = fc.stringMatching(/^[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4}){0,2}$/);
export const accountId = fc.stringMatching(/^\d{12}$/);

const hexId = (prefix: string) => fc.stringMatching(/^[0-9a-f]{17}$/).map((id) => `${prefix}-${id}`);

export const vpcId = text(hexId("vpc"));
export const securityGroupId = text(hexId("sg"));
export const prefixListId = text(hexId("pl"));
export const subnetIds = (min: number, max: number) => some(hexId("subnet"), min, max);

export const arn = (service: string, resource: string) =>
  text(fc.stringMatching(/^[0-9a-f]{8}$/).map((id) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}${id}`));

export const kmsKeyArn = arn("kms", "key/");
export const certificateArn = arn("acm", "certificate/");
export const topicArn = fc.stringMatching(/^[a-z]{3}$/).map((id) => `arn:aws:sns:${REGION}:${ACCOUNT}:${id}`);

export const retentionDays = fc.constantFrom(...LOG_RETENTION_DAYS);

export const cidr = fc
  .tuple(fc.nat({ max: 255 }), fc.nat({ max: 255 }), fc.integer({ min: 1, max: 32 }))
  .map(([second, third, length]) => {
    const address = ((10 * 256 + second) * 256 + third) * 256;
    const network = address - (address % 2 ** (32 - length));
    return `${[24, 16, 8, 0].map((shift) => Math.floor(network / 2 ** shift) % 256).join(".")}/${length}`;
  });

export const ipBlock = fc.oneof(
  { weight: 4, arbitrary: cidr },
  { weight: 1, arbitrary: fc.constantFrom("::/0", "2001:db8::/32", "2001:db8:1::/48", "::1/128") },
);
export const narrowIpBlock = ipBlock.filter((block) => !block.endsWith("/0"));

/** Generates text for people, such as descriptions. */
export const prose = text(
  fc.oneof(
    fc.constantFrom("Session key", "50 % of ${nothing}", 'with "quotes" and \\', "説明", "%{ if }", "tab\tand 😀"),
    fc.string({ minLength: 1, maxLength: 40 }),
  ),
);
