import { isPlain } from "../format-value";
import { isUnresolved } from "../tokens";

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isUnresolved(value);
}

/** A Map, a Date or another instance would be read as an object without keys. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return isObject(value) && isPlain(value);
}

export function frozen(entries: readonly (readonly [string, unknown])[]): object {
  return Object.freeze(Object.fromEntries(entries));
}

/** Copies plain objects and arrays and freezes the copies; other values stay as they are. */
export function frozenCopy(value: unknown): unknown {
  if (Array.isArray(value)) return Object.freeze(Array.from(value as unknown[], frozenCopy));
  const plain = typeof value === "object" && value !== null && isPlain(value);
  return plain ? frozen(Object.entries(value).map(([key, item]) => [key, frozenCopy(item)])) : value;
}
