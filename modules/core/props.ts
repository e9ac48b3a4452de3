import { type Checks } from "./checks";
import { type Shape, readFields, unknownProp, unreadable } from "./kinds";

/** The props with the defaults filled in: a prop with a default is never undefined. */
export type WithDefaults<P, D> = Readonly<Omit<P, keyof D & keyof P> & Required<Pick<P, keyof D & keyof P>>>;

/**
 * Reads the caller's props: fills in the defaults and returns a frozen copy, so that later changes to the caller's object do not
 * reach the output. Every constructor calls it first. An explicit `undefined` never replaces a default. Unknown keys and values
 * of the wrong type are added to the checks as problems.
 *
 * @throws ConfigurationError when props is not an object
 */
export function readProps<P extends object, D extends Partial<P>>(
  checks: Checks,
  props: P,
  shape: Shape<P>,
  defaults: D,
): WithDefaults<P, D> {
  const keys = keysOf(checks, props);
  if (keys === undefined) {
    const remedy = "Pass the construct's props.";
    checks.add({
      code: "core/props-missing",
      prop: "props",
      expected: "an object",
      got: describePropsType(props),
      remedy,
    });
    checks.throwIfInvalid();
  }
  checks.identity();
  const known = Object.keys(shape).sort().join(", ");
  for (const key of (keys ?? []).filter((name) => !Object.hasOwn(shape, name))) {
    checks.add(unknownProp(key, known));
  }
  return withDefaults(defaults, readFields(props, shape, undefined, checks) as P);
}

/** Returns the names of the given props; `undefined` when they are not an object. A proxy may throw here, and its error would not say where. */
function keysOf(checks: Checks, props: unknown): string[] | undefined {
  try {
    return typeof props !== "object" || props === null || Array.isArray(props) ? undefined : Object.keys(props);
  } catch {
    checks.add(unreadable("props"));
    checks.throwIfInvalid();
    return [];
  }
}

/** Fills in the defaults of props that were read. */
export function withDefaults<P extends object, D extends Partial<P>>(defaults: D, given: P): WithDefaults<P, D> {
  return Object.freeze({ ...defaults, ...given }) as WithDefaults<P, D>;
}

function describePropsType(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "an array" : typeof value;
}
