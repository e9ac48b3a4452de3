import { Token, Tokenization } from "cdktf";
import { type Problem } from "./problem";
import { isPlain, describeType } from "./format-value";
import { isUnresolved } from "./tokens";

/** Takes note of what is wrong. */
export interface ProblemCollector {
  add(problem: Problem): void;
  /**
   * @param kept whether the value stays among the props, so that a check of the prop itself, which knows the range and the
   * remedy, can say more; what would break such a check is taken out
   */
  addWrongType(problem: Problem, kept: boolean): void;
}

/**
 * What a prop is made of, without any word on its range. Reading gives back a frozen copy with Terraform's own expressions in
 * the form that cdktf has for the kind, or `undefined` for what is none.
 */
export interface Kind<in T> {
  read(value: unknown, prop: string, problems: ProblemCollector): unknown;
  /** Lets the compiler refuse a kind that does not cover the prop's type. */
  readonly covers?: (value: T) => void;
}

/** The kind of each prop of an interface; the compiler refuses a list that misses one, or names a wrong kind. */
export type Shape<P> = { readonly [K in keyof Required<P>]: Kind<Exclude<P[K], undefined>> };

const ONE_TOKEN = /^\$\{TfToken\[[^\]]+\]\}$/;

function scalar<T>(
  expected: string,
  fits: (value: unknown) => boolean,
  asToken: (value: unknown) => unknown,
  quotes: string,
): Kind<T> {
  return {
    read(value, prop, problems) {
      if (fits(value)) return value;
      if (isWholeToken(value)) return asToken(value);
      const kept = value === null || ["string", "number", "boolean", "undefined"].includes(typeof value);
      const remedy = kept && value !== null && value !== undefined ? quotes : "See the table of props in the README.";
      problems.addWrongType({ code: "core/wrong-type", prop, expected, got: describeType(value), remedy }, kept);
      return kept ? value : undefined;
    },
  };
}

/** One expression and nothing around it: text around a number's token is no number. */
function isWholeToken(value: unknown): boolean {
  // A list or a map with an expression in it counts as unresolved, too, and is neither text nor number.
  if (typeof value === "object") return Tokenization.isResolvable(value);
  return isUnresolved(value) && (typeof value !== "string" || ONE_TOKEN.test(value));
}

export const string: Kind<string> = scalar(
  "text",
  (value) => typeof value === "string",
  (value) => Token.asString(value),
  "Write it in quotes.",
);

export const number: Kind<number> = scalar(
  "a number",
  (value) => typeof value === "number" && (Number.isFinite(value) || isUnresolved(value)),
  (value) => Token.asNumber(value),
  "Write it as a number, without quotes.",
);

/** A boolean token stays what it is: where a switch decides what is made, a check of its own refuses it. */
export const boolean: Kind<boolean> = scalar(
  "true or false",
  (value) => typeof value === "boolean",
  (value) => (typeof value === "object" ? value : Token.asAny(value)),
  "Write true or false, without quotes.",
);

/** A number, or `false` to leave something out. */
export const numberOrFalse: Kind<number | false> = {
  read: (value, prop, problems) => (value === false ? value : number.read(value, prop, problems)),
};

/** Text, or something with more to it. */
export function stringOr<T>(other: Kind<T>): Kind<string | T> {
  return {
    read: (value, prop, problems) =>
      typeof value !== "object" || value === null || isWholeToken(value)
        ? string.read(value, prop, problems)
        : other.read(value, prop, problems),
  };
}

export function array<T>(element: Kind<T>): Kind<readonly T[]> {
  return {
    read(value, prop, problems) {
      if (Array.isArray(value)) {
        if (isUnresolved(value)) return value as unknown;
        // Array.from gives a gap in a sparse array a value, which is then none of the kind.
        const elements = Array.from(value as unknown[], (item, index) =>
          element.read(item, `${prop}[${index}]`, problems),
        );
        return Object.freeze(elements.filter((item) => item !== undefined));
      }
      if (typeof value === "object" && value !== null && isUnresolved(value)) return Token.asList(value);
      const remedy = "Put its elements in brackets.";
      problems.addWrongType(
        { code: "core/wrong-type", prop, expected: "a list", got: describeType(value), remedy },
        false,
      );
      return undefined;
    },
  };
}

/** A list that is written into text at synth, so that no expression can stand for the whole of it. */
export function arrayOfKnownLength<T>(element: Kind<T>): Kind<readonly T[]> {
  return {
    read(value, prop, problems) {
      if (Array.isArray(value) && !isUnresolved(value)) return array(element).read(value, prop, problems);
      const remedy = "Write its elements out; each may be known only at apply.";
      const expected = "a list whose length is known at synth";
      const code = isUnresolved(value) ? "core/literal-required" : "core/wrong-type";
      problems.addWrongType({ code, prop, expected, got: describeType(value), remedy }, false);
      return undefined;
    },
  };
}

/** An object with keys of the caller's choice. They become part of names, so no expression of Terraform's can stand for them. */
export function record<T>(entry: Kind<T>): Kind<Readonly<Record<string, T>>> {
  return {
    read(value, prop, problems) {
      if (!isPlainObject(value)) {
        const remedy = "Write the keys out: they have to be known at synth.";
        problems.addWrongType(
          {
            code: "core/wrong-type",
            prop,
            expected: "an object with a key for each entry",
            got: describeType(value),
            remedy,
          },
          false,
        );
        return undefined;
      }
      const entries = Object.entries(value).map(
        ([key, item]) => [key, entry.read(item, `${prop}.${key}`, problems)] as const,
      );
      return frozen(entries.filter(([key, item]) => item !== undefined || value[key] === undefined));
    },
  };
}

/** A nested object of our own: a key that it does not have is a typing mistake. */
export function object<P extends object>(shape: Shape<P>): Kind<P> {
  return {
    read(value, prop, problems) {
      if (!isPlainObject(value)) return refuseObject(value, prop, problems);
      const known = Object.keys(shape).sort().join(", ");
      for (const key of Object.keys(value).filter((name) => !Object.hasOwn(shape, name))) {
        problems.add(unknownProp(`${prop}.${key}`, known));
      }
      return readFields(value, shape, prop, problems);
    },
  };
}

/** What is needed of somebody else's object, a construct for example: whatever else it has is its own business. */
export function looseObject<P extends object>(shape: Shape<P>): Kind<P> {
  return {
    read: (value, prop, problems) =>
      isObject(value) ? readFields(value, shape, prop, problems) : refuseObject(value, prop, problems),
  };
}

/** Whatever the caller gives, unjudged: constructs as they are, plain objects and arrays copied and frozen. */
export const unknown: Kind<unknown> = { read: (value) => frozenCopy(value) };

export function unknownProp(prop: string, known: string): Problem {
  return {
    code: "core/unknown-prop",
    prop,
    expected: "a prop that exists",
    got: "an unknown one",
    remedy: `Known props: ${known}.`,
  };
}

/** Reads the fields of a shape and drops those that are not given, so that an explicit `undefined` never wipes a default. */
export function readFields(
  value: object,
  shape: object,
  prefix: string | undefined,
  problems: ProblemCollector,
): object {
  const fields = Object.entries(shape as Record<string, Kind<never>>).map(([key, kind]) => {
    const prop = prefix === undefined ? key : `${prefix}.${key}`;
    return [key, readField(value as Record<string, unknown>, key, { kind, prop, problems })] as const;
  });
  return frozen(fields.filter(([, item]) => item !== undefined));
}

/** A getter or a proxy of the caller's may throw; its error would say nothing of the prop. */
function readField(
  value: Readonly<Record<string, unknown>>,
  key: string,
  { kind, prop, problems }: { kind: Kind<never>; prop: string; problems: ProblemCollector },
): unknown {
  try {
    const given = value[key];
    return given === undefined ? undefined : kind.read(given, prop, problems);
  } catch {
    const remedy = "Pass a plain value.";
    problems.addWrongType(
      { code: "core/unreadable-value", prop, expected: "a value that can be read", got: "one that throws", remedy },
      false,
    );
    return undefined;
  }
}

function refuseObject(value: unknown, prop: string, problems: ProblemCollector): undefined {
  const remedy = "See the table of props in the README.";
  problems.addWrongType(
    { code: "core/wrong-type", prop, expected: "an object", got: describeType(value), remedy },
    false,
  );
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isUnresolved(value);
}

/** A Map, a Date or another instance would be read as an object without keys. */
function isPlainObject(value: unknown): value is Record<string, unknown> {
  return isObject(value) && isPlain(value);
}

function frozen(entries: readonly (readonly [string, unknown])[]): object {
  return Object.freeze(Object.fromEntries(entries));
}

function frozenCopy(value: unknown): unknown {
  if (Array.isArray(value)) return Object.freeze(Array.from(value as unknown[], frozenCopy));
  const plain = typeof value === "object" && value !== null && isPlain(value);
  return plain ? frozen(Object.entries(value).map(([key, item]) => [key, frozenCopy(item)])) : value;
}
