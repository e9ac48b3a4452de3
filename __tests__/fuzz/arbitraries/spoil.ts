import * as fc from "fast-check";
import { hostile, hostileKey } from "./hostile";
import { Special } from "./special";

type Change =
  | { readonly kind: "replace"; readonly place: number; readonly value: unknown }
  | { readonly kind: "remove"; readonly place: number }
  | { readonly kind: "repeat"; readonly place: number }
  | { readonly kind: "add"; readonly place: number; readonly key: string; readonly value: unknown };

const place = fc.nat({ max: 999 });

const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("replace" as const), place, value: hostile }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("remove" as const), place }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("repeat" as const), place }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("add" as const), place, key: hostileKey, value: hostile }) },
);

/** Changes valid data in up to three places. Half of the cases stay unchanged, so that enough are accepted. */
export function spoiled<T>(legal: fc.Arbitrary<T>): fc.Arbitrary<unknown> {
  const changes = fc.oneof(
    { weight: 1, arbitrary: fc.constant<Change[]>([]) },
    { weight: 1, arbitrary: fc.array(change, { minLength: 1, maxLength: 3 }) },
  );
  return fc.tuple(legal, changes).map(([data, list]) => list.reduce<unknown>(spoil, data));
}

type Path = readonly (string | number)[];

function spoil(data: unknown, made: Change): unknown {
  const paths = made.kind === "repeat" ? listsOf(data, []) : pathsOf(data, []);
  const path = paths[made.place % paths.length];
  if (!path) return data;
  return at(data, path, (value) => {
    switch (made.kind) {
      case "replace":
        return made.value;
      case "remove":
        // The root cannot be removed, so it becomes undefined.
        return path.length === 0 ? undefined : REMOVED;
      case "repeat":
        return [...(value as unknown[]), (value as unknown[])[made.place % (value as unknown[]).length]];
      case "add":
        return isContainer(value) ? extended(value, made.key, made.value) : value;
    }
  });
}

const REMOVED = Symbol("removed");

/** Returns the paths of all values, including the root. */
function pathsOf(data: unknown, path: Path): Path[] {
  if (!isContainer(data)) return [path];
  return [path, ...Object.entries(data).flatMap(([key, item]) => pathsOf(item, [...path, key]))];
}

/** Returns the paths of all lists that are not empty. */
function listsOf(data: unknown, path: Path): Path[] {
  if (!isContainer(data)) return [];
  const below = Object.entries(data).flatMap(([key, item]) => listsOf(item, [...path, key]));
  return Array.isArray(data) && data.length > 0 ? [path, ...below] : below;
}

function at(data: unknown, [key, ...rest]: Path, change: (value: unknown) => unknown): unknown {
  if (key === undefined) return change(data);
  const entries = Object.entries(data as object).flatMap(([name, item]): [string, unknown][] => {
    if (name !== String(key)) return [[name, item]];
    const changed = at(item, rest, change);
    return changed === REMOVED ? [] : [[name, changed]];
  });
  return Array.isArray(data) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null && !(value instanceof Special);
}

function extended(container: object, key: string, value: unknown): unknown {
  if (Array.isArray(container)) return [...(container as unknown[]), value];
  return Object.fromEntries([...Object.entries(container), [key, value]]);
}
