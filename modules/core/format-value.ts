import { inspect } from "node:util";
import { isUnresolved } from "./tokens";

const SHOWN_LENGTH = 80;

/** How a value is shown in an error: short, and a token by that name. */
export function formatValue(value: unknown): string {
  if (value === undefined) return "nothing";
  if (isUnresolved(value)) return "a value that is known only at apply";
  const text =
    typeof value === "string"
      ? `"${oneLine(value)}"`
      : inspect(withoutTokens(value), { depth: 2, breakLength: Number.POSITIVE_INFINITY });
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text;
}

/** A token of a number looks like an odd number. */
const AT_APPLY = { [inspect.custom]: () => "known at apply" };

function withoutTokens(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, isUnresolved(field) ? AT_APPLY : (field as unknown)]),
  );
}

/** A fault is one line, whatever the value holds. */
function oneLine(text: string): string {
  const code = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return text.replace(/\p{Cc}/gu, (character) => (character === "\n" ? "\\n" : code(character)));
}

/** What a value is, without the value: it may hold what was meant as a secret. */
export function describeType(value: unknown): string {
  if (value === undefined) return "nothing";
  if (isUnresolved(value)) return "a value that is known only at apply";
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" && !isPlain(value)) return `an instance of ${value.constructor?.name || "a class"}`;
  return `a value of type ${typeof value}`;
}

/** Whether an object is one that was written down, of whatever realm, and no instance of a class. */
export function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
