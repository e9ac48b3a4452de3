import { describeType } from "../format-value";
import { type Problem } from "../problem";
import { type Kind, type ProblemCollector, type Shape } from "./kind";
import { frozen, frozenCopy, isObject, isPlainObject } from "./plain-objects";
import { README } from "./scalars";

/** An object with keys of the caller's choice. Keys become part of names, so an expression cannot stand for the object. */
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

/** A nested object of this library: an unknown key is a typing mistake. */
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

/** The needed fields of an object from elsewhere, a construct for example; other keys are ignored. */
export function looseObject<P extends object>(shape: Shape<P>): Kind<P> {
  return {
    read: (value, prop, problems) =>
      isObject(value) ? readFields(value, shape, prop, problems) : refuseObject(value, prop, problems),
  };
}

/** Accepts any value: constructs as they are, plain objects and arrays copied and frozen. */
export const unknown: Kind<unknown> = { read: (value) => frozenCopy(value) };

/** The problem of a value whose getter or proxy throws. */
export function unreadable(prop: string): Problem {
  const expected = "a value that can be read";
  return { code: "core/unreadable-value", prop, expected, got: "one that throws", remedy: "Pass a plain value." };
}

export function unknownProp(prop: string, known: string): Problem {
  return {
    code: "core/unknown-prop",
    prop,
    expected: "a prop that exists",
    got: "an unknown one",
    remedy: `Known props: ${known}.`,
  };
}

/** Reads the fields of a shape and omits those not given, so that an explicit `undefined` never replaces a default. */
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

/** Reads one field. A getter or proxy of the caller may throw, and its error would not name the prop. */
function readField(
  value: Readonly<Record<string, unknown>>,
  key: string,
  { kind, prop, problems }: { kind: Kind<never>; prop: string; problems: ProblemCollector },
): unknown {
  try {
    const given = value[key];
    return given === undefined ? undefined : kind.read(given, prop, problems);
  } catch {
    problems.addWrongType(unreadable(prop), false);
    return undefined;
  }
}

export function refuseObject(value: unknown, prop: string, problems: ProblemCollector, remedy = README): undefined {
  problems.addWrongType(
    { code: "core/wrong-type", prop, expected: "an object", got: describeType(value), remedy },
    false,
  );
  return undefined;
}
