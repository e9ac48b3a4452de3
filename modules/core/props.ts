import { type Checks } from "./checks";
import { type Shape, readFields, unknownProp } from "./kinds";

/** The props with the defaults filled in: what has a default is never undefined. */
export type WithDefaults<P, D> = Readonly<Omit<P, keyof D & keyof P> & Required<Pick<P, keyof D & keyof P>>>;

/**
 * First line of every constructor: takes the caller's props, fills in the defaults and returns a frozen copy, so that nothing
 * the caller does to the object later reaches the output. An explicit `undefined` never wipes a default. A key that does not
 * exist (a typing mistake in JavaScript, or a cast) and a value that is not of its prop's kind are problems of the checks.
 *
 * @throws ConfigurationError when props is no object at all, or cannot be read
 */
export function readProps<P extends object, D extends Partial<P>>(
  checks: Checks,
  props: P,
  shape: Shape<P>,
  defaults: D,
): WithDefaults<P, D> {
  if (typeof props !== "object" || props === null || Array.isArray(props)) {
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
  checks.constructId();
  const known = Object.keys(shape).sort().join(", ");
  for (const key of Object.keys(props).filter((name) => !Object.hasOwn(shape, name))) {
    checks.add(unknownProp(key, known));
  }
  return withDefaults(defaults, readFields(props, shape, undefined, checks) as P);
}

/** Fills in the defaults of props that were read. */
export function withDefaults<P extends object, D extends Partial<P>>(defaults: D, given: P): WithDefaults<P, D> {
  return Object.freeze({ ...defaults, ...given }) as WithDefaults<P, D>;
}

function describePropsType(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "an array" : typeof value;
}
