import { Token } from "cdktf";
import { describeType, formatValue } from "../format-value";
import { isUnresolved } from "../tokens";
import { type Kind, type ProblemCollector } from "./kind";
import { isWholeToken, README } from "./scalars";

/** One of a few values. Accepts tokens; use `literalOneOf` where the value decides what is synthesized. */
export function oneOf<T extends string | number>(allowed: readonly T[], remedy = README): Kind<T> {
  return {
    read(value, prop, problems) {
      if (isWholeToken(value)) return typeof allowed[0] === "number" ? Token.asNumber(value) : Token.asString(value);
      return readChoice(value, prop, problems, { allowed, remedy, expected: "" });
    },
  };
}

/** One of a few values that decides what is synthesized, so that tokens are refused. */
export function literalOneOf<T extends string | number>(allowed: readonly T[], remedy = README): Kind<T> {
  return {
    read: (value, prop, problems) => readChoice(value, prop, problems, { allowed, remedy, expected: "a literal, " }),
  };
}

interface Choice {
  readonly allowed: readonly unknown[];
  readonly remedy?: string | undefined;
  /** Put before "one of …". */
  readonly expected: string;
}

function isScalar(value: unknown): boolean {
  return !isUnresolved(value) && (value === null || ["string", "number", "boolean"].includes(typeof value));
}

/** Returns the value when it is allowed; otherwise adds a problem. */
function readChoice(
  value: unknown,
  prop: string,
  problems: ProblemCollector,
  { allowed, remedy = README, expected }: Choice,
): unknown {
  if (allowed.includes(value)) return value;
  const kept = isScalar(value);
  problems.addWrongType(
    {
      code: isUnresolved(value) ? "core/literal-required" : "core/not-one-of",
      prop,
      expected: `${expected}one of ${allowed.join(", ")}`,
      got: kept ? formatValue(value) : describeType(value),
      remedy,
    },
    kept,
  );
  return kept ? value : undefined;
}
