import { type Problem, type ProblemCode } from "../modules/core/problem";
import { describeType, formatValue, isPlain } from "../modules/core/format-value";
import { isUnresolved } from "../modules/core/tokens";
import { fieldPath } from "./field-path";

type Report = (problem: Problem) => void;

/**
 * Copies an environment and leaves out fields that are `undefined`. Reports everything that is not plain data: an environment exists
 * before any stack, so it cannot hold Terraform expressions.
 */
export function readPlainData(value: unknown, report: Report): unknown {
  return copyReadable(() => value, { path: [], ancestors: [], report });
}

interface Place {
  readonly path: readonly (string | number)[];
  readonly ancestors: readonly object[];
  readonly report: Report;
}

function copy(value: unknown, place: Place): unknown {
  const { path, ancestors, report } = place;
  const refuse = (code: ProblemCode, expected: string, got: string, remedy: string) =>
    report({ code, prop: fieldPath(path), expected, got, remedy });
  if (isUnresolved(value)) {
    refuse(
      "core/literal-required",
      "a literal",
      formatValue(value),
      "Write the value out: stacks are created from it at synth.",
    );
    return undefined;
  }
  if (typeof value !== "object" || value === null) return value;
  if (ancestors.includes(value)) {
    refuse(
      "environments/not-plain-data",
      "plain data",
      "an object that contains itself",
      "Write its fields as plain data.",
    );
    return undefined;
  }
  const below = (key: string | number) => ({ path: [...path, key], ancestors: [...ancestors, value], report });
  if (Array.isArray(value)) return Array.from(value as unknown[], (item, index) => copy(item, below(index)));
  if (!isPlain(value)) {
    refuse("environments/not-plain-data", "plain data", describeType(value), "Write its fields as plain data.");
    return undefined;
  }
  const fields = value as Readonly<Record<string, unknown>>;
  const copies = Object.keys(value).map((key) => [key, copyReadable(() => fields[key], below(key))] as const);
  return Object.fromEntries(copies.filter(([, item]) => item !== undefined));
}

/** Copies what `get` returns. A getter or a proxy may throw, and its own error would not name the field. */
function copyReadable(get: () => unknown, place: Place): unknown {
  try {
    return copy(get(), place);
  } catch {
    const prop = fieldPath(place.path);
    place.report({
      code: "core/unreadable-value",
      prop,
      expected: "a value that can be read",
      got: "one that throws",
      remedy: "Pass a plain value.",
    });
    return undefined;
  }
}
