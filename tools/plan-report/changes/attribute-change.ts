import { isDeepStrictEqual } from "node:util";
import { type Json } from "../../terraform/json";
import { type Change } from "../../terraform/plan-json";
import { type Redactor, SENSITIVE } from "../redact/redactor";

/** One attribute, or a part of it, before and after; as text that is safe to show. */
export interface AttributeChange {
  /** `container_definitions[app].image` */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

export const KNOWN_AFTER_APPLY = "(known after apply)";

/** One value on both sides, with Terraform's marks on it. */
interface Pair {
  readonly path: readonly string[];
  readonly before: Json;
  readonly after: Json;
  readonly unknown: Json;
  readonly sensitive: readonly [before: Json, after: Json];
}

/** Lists what a change does to the attributes, text that is JSON member by member. */
export function attributeChanges(change: Change, redactor: Redactor): AttributeChange[] {
  return differences(
    {
      path: [],
      before: change.before,
      after: change.after,
      unknown: change.after_unknown ?? false,
      sensitive: [change.before_sensitive ?? false, change.after_sensitive ?? false],
    },
    redactor,
  );
}

/** Shows one attribute of a change, whether it differs or not. */
export function attributeAt(change: Change, path: readonly (string | number)[], redactor: Redactor): AttributeChange {
  const keys = path.map(String);
  const step = (value: Json | undefined) => keys.reduce<Json | undefined>(member, value) ?? null;
  const pair: Pair = {
    path: keys,
    before: step(change.before),
    after: step(change.after),
    unknown: step(change.after_unknown),
    sensitive: [step(change.before_sensitive), step(change.after_sensitive)],
  };
  return show(
    pair,
    redactor,
    keys.some((_, index) => isMarked(change, keys.slice(0, index))),
  );
}

function isMarked(change: Change, keys: readonly string[]): boolean {
  return [change.before_sensitive, change.after_sensitive].some((marks) => keys.reduce(member, marks) === true);
}

function differences(pair: Pair, redactor: Redactor): AttributeChange[] {
  const { before, after, unknown, sensitive } = pair;
  if (sensitive.includes(true) || unknown === true) {
    return unknown === true || !isDeepStrictEqual(before, after) ? [show(pair, redactor)] : [];
  }
  if ((isDeepStrictEqual(before, after) || areBothEmpty(before, after)) && !hasTrue(unknown)) return [];
  const opened = { ...pair, before: open(before), after: open(after) };
  if (!areAlike(opened.before, opened.after)) return [show(pair, redactor)];
  const keys = new Set([opened.before, opened.after, unknown].flatMap((value) => Object.keys(object(value))));
  return [...keys].flatMap((key) => differences(memberOf(opened, key), redactor));
}

function memberOf({ path, before, after, unknown, sensitive }: Pair, key: string): Pair {
  const of = (value: Json) => member(value, key) ?? null;
  const last = path.at(-1);
  return {
    path: Array.isArray(before) && last !== undefined ? [...path.slice(0, -1), `${last}[${key}]`] : [...path, key],
    before: of(before),
    after: of(after),
    unknown: of(unknown),
    sensitive: [of(sensitive[0]), of(sensitive[1])],
  };
}

function show(
  { path, before, after, unknown, sensitive }: Pair,
  redactor: Redactor,
  isHidden = false,
): AttributeChange {
  const names = path.flatMap((key) => key.split(/[[\]]/));
  const text = (value: Json, mark: Json) =>
    isHidden || (mark !== false && mark !== null && hasTrue(mark)) ? SENSITIVE : redactor.value(names, value);
  return {
    path: redactor.name(path.join(".")),
    before: text(before, sensitive[0]),
    after: unknown === true ? KNOWN_AFTER_APPLY : text(after, sensitive[1]),
  };
}

/** Turns text that is JSON into its value. */
function open(value: Json): Json {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    return named(JSON.parse(value) as Json);
  } catch {
    return value;
  }
}

/** Turns lists of objects with different names into objects by name, at every depth: such a list has no order. */
function named(value: Json): Json {
  if (Array.isArray(value)) return byName((value as readonly Json[]).map(named));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, named(part)]));
}

function byName(list: readonly Json[]): Json {
  const names = list.map((item) => member(item, "name"));
  const isNamed = names.every((name) => typeof name === "string") && new Set(names).size === names.length;
  return isNamed && list.length > 0
    ? Object.fromEntries(list.map((item, index) => [String(names[index]), item]))
    : list;
}

/** Providers read what was left out as an empty value, or as false. */
function areBothEmpty(before: Json, after: Json): boolean {
  const isEmpty = (value: Json) =>
    value === null || value === "" || value === false || (typeof value === "object" && Object.keys(value).length === 0);
  return (before === null || after === null) && isEmpty(before) && isEmpty(after);
}

/** Whether two values can be compared member by member: objects, or lists of one length. */
function areAlike(before: Json, after: Json): boolean {
  if (before === null || after === null || typeof before !== "object" || typeof after !== "object") return false;
  if (Array.isArray(before) !== Array.isArray(after)) return false;
  return !Array.isArray(before) || before.length === (after as readonly Json[]).length;
}

function member(value: Json | undefined, key: string): Json | undefined {
  if (value === null || value === undefined || typeof value !== "object") return undefined;
  return (value as { readonly [key: string]: Json })[key];
}

function object(value: Json): object {
  return value !== null && typeof value === "object" ? value : {};
}

function hasTrue(value: Json): boolean {
  return value === true || Object.values(object(value)).some((part) => hasTrue(part as Json));
}
