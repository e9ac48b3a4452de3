import { inspect } from "node:util";
import { isUnresolved } from "./tokens";

const SHOWN_LENGTH = 80;

/** Formats a value for an error message: shortened, and a token described as one. */
export function formatValue(value: unknown): string {
  if (value === undefined) return "nothing";
  if (isUnresolved(value)) return "a value that is known only at apply";
  const text =
    typeof value === "string"
      ? `"${oneLine(value)}"`
      : inspect(withoutTokens(value), { depth: 2, breakLength: Number.POSITIVE_INFINITY });
  const shown = text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text;
  return typeof value === "string" ? `${shown}${describeMargins(value)}` : shown;
}

/** Names white space around text, which is hard to see and may be in the part that is not shown. */
function describeMargins(text: string): string {
  if (text.trim() === "" || text === text.trim()) return "";
  const [before, after] = [text !== text.trimStart(), text !== text.trimEnd()];
  return before && after
    ? " with white space around it"
    : before
      ? " with white space before it"
      : " with white space after it";
}

/** Replaces number tokens, which would be shown as arbitrary numbers. */
const AT_APPLY = { [inspect.custom]: () => "known at apply" };

function withoutTokens(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, isUnresolved(field) ? AT_APPLY : (field as unknown)]),
  );
}

/** Escapes control characters, so that a problem stays on one line. */
function oneLine(text: string): string {
  const code = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return text.replace(/\p{Cc}/gu, (character) => (character === "\n" ? "\\n" : code(character)));
}

/** Describes a value's type without showing the value, which may be a secret. */
export function describeType(value: unknown): string {
  if (value === undefined) return "nothing";
  if (isUnresolved(value)) return "a value that is known only at apply";
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" && !isPlain(value)) return `an instance of ${value.constructor?.name || "a class"}`;
  return `a value of type ${typeof value}`;
}

/** Whether an object is a plain object, of any realm, and not an instance of a class. */
export function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
