import { type Json } from "../../terraform/json";
import { hideSecretShapes, isSecretName } from "./secret-shapes";

/** Shown in the place of a value that Terraform marks as sensitive. */
export const SENSITIVE = "(sensitive)";
const BY_NAME = "(hidden: its name promises a secret)";

/** Longest value that is shown, in characters. */
const LONGEST_VALUE = 120;

/** Turns what is read from a plan into text that is safe to show: no secret, no control character, no endless value. */
export class Redactor {
  /** @param sensitive values that must appear nowhere, longest first */
  constructor(private readonly sensitive: readonly string[]) {}

  /** Shows the value of an attribute. @param path keys from the resource to the value */
  value(path: readonly string[], value: Json | undefined): string {
    if (value === undefined || value === null) return "none";
    if (typeof value === "boolean") return String(value);
    const plain = typeof value === "string" ? value : JSON.stringify(value);
    if (path.some(isSecretName) && plain !== "" && !/^arn:aws[\w-]*:/.test(plain)) return BY_NAME;
    if (typeof value === "object" && hidesMember(value)) return BY_NAME;
    const text = this.text(plain).replace(/\s+/g, " ");
    if (text === "") return '""';
    return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE)}… (${plain.length} characters)`;
  }

  /** Shows text of any length and origin, such as Terraform's errors. */
  text(text: string): string {
    const without = this.sensitive.reduce((all, secret) => all.replaceAll(secret, SENSITIVE), text);
    return withoutControls(hideSecretShapes(without));
  }

  /** Shows an address or another name from the configuration, which cannot be sensitive. */
  name(name: string): string {
    const stem = name.split(/["[]/, 1)[0]!;
    return withoutControls(stem + this.text(name.slice(stem.length))).replace(/\s+/g, " ");
  }
}

/** Whether an object that is shown whole has a member, or a variable of the form name and value, whose name promises a secret. */
function hidesMember(value: Json): boolean {
  if (value === null || typeof value !== "object") return false;
  const { name } = value as { readonly name?: Json };
  if (typeof name === "string" && "value" in value && isSecretName(name)) return true;
  return Object.entries(value).some(([key, part]) => (isSecretName(key) && part !== null) || hidesMember(part));
}

/** Removes what would move a terminal's cursor, change its colours or reverse the order of characters. */
function withoutControls(text: string): string {
  return text
    .replace(/\p{Cc}\[[0-9;]*[A-Za-z]/gu, "")
    .replace(/[\p{Cc}\p{Bidi_Control}]/gu, (one) => (/[\n\t]/.test(one) ? one : ""));
}
