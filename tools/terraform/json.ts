export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Returns the value at a path of keys, or `undefined` when any step is missing or not an object. */
export function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  let current = value;
  for (const key of path) {
    if (!isObject(current)) return undefined;
    current = current[key];
  }
  return current;
}

export function entries(value: Json | undefined): [string, Json][] {
  return isObject(value) ? Object.entries(value) : [];
}

/** Returns the first element of a list, or the value itself when it is not a list. */
export function first(value: Json | undefined): Json | undefined {
  return Array.isArray(value) ? (value as readonly Json[])[0] : value;
}

/** Returns every string in a value, however deeply nested. */
export function strings(value: Json | undefined): string[] {
  if (typeof value === "string") return [value];
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(strings) : [];
}

/** Whether a value is an object and no list. */
export function isObject(value: unknown): value is { readonly [key: string]: Json } {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
