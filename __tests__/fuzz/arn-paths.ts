import { Special } from "./arbitraries/special";

export type Path = readonly (string | number)[];

/** Props whose ARNs are patterns of IAM, which have no type. */
const UNTYPED = ["taskPolicyStatements", "instancePolicyStatements"];

/** Returns the paths of all literal ARNs in generated props. */
export function arnPathsOf(data: unknown, path: Path = []): Path[] {
  if (typeof data === "string") return data.startsWith("arn:") && !UNTYPED.includes(String(path[0])) ? [path] : [];
  if (typeof data !== "object" || data === null || data instanceof Special) return [];
  return Object.entries(data).flatMap(([key, item]) => arnPathsOf(item, [...path, key]));
}

/** Names the prop at a path: without the keys of maps and the indexes of lists, but with the function that makes a statement. */
export function propAt(data: unknown, [key, ...rest]: Path): string {
  if (key === undefined) return "";
  const inner = (data as Readonly<Record<string, unknown>>)[key];
  const { call } = (data ?? {}) as { readonly call?: unknown };
  const isProp = !/^\d+$/.test(String(key)) && !/^[a-z]+\d|-/.test(String(key));
  const name = typeof call === "string" ? `${call}()` : isProp ? String(key) : "*";
  const below = propAt(inner, rest);
  return below === "" ? name : `${name}.${below}`;
}

export function valueAt(data: unknown, path: Path): unknown {
  return path.reduce((value, key) => (value as Readonly<Record<string, unknown>>)[key], data);
}

/** Returns a copy of the data with another value at a path. */
export function replacedAt(data: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  const entries = Object.entries(data as object).map(([name, item]: [string, unknown]) => {
    return [name, name === String(key) ? replacedAt(item, rest, value) : item] as const;
  });
  return Array.isArray(data) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}
