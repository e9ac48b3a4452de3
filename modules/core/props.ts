import { type IConstruct } from "constructs";
import { ConfigurationError } from "./configuration-error";

/** Lists every prop of an interface; the compiler refuses a list that misses one. */
export type PropNames<P> = Readonly<Record<keyof Required<P>, true>>;

/** The props with the defaults filled in: what has a default is never undefined. */
export type Complete<P, D> = Readonly<Omit<P, keyof D & keyof P> & Required<Pick<P, keyof D & keyof P>>>;

/**
 * First line of every constructor: takes the caller's props, fills in the defaults and returns a frozen copy, so that nothing
 * the caller does to the object later reaches the output. An explicit `undefined` never wipes a default.
 *
 * @param parent name of the prop that holds these, when they are a nested object: `healthCheck`
 * @throws ConfigurationError when props is no object or has a key that does not exist (a typing mistake in JavaScript, or a cast)
 */
export function readProps<P extends object, D extends Partial<P>>(
  scope: IConstruct,
  props: P,
  names: PropNames<P>,
  defaults: D,
  parent?: string,
): Complete<P, D> {
  if (typeof props !== "object" || props === null || Array.isArray(props)) {
    throw new ConfigurationError(scope.node.path, [
      {
        prop: parent ?? "props",
        expected: "an object",
        got: describeKind(props),
        remedy: parent ? "See the table of props in the README." : "Pass the construct's props.",
      },
    ]);
  }
  const unknown = Object.keys(props).filter((key) => !(key in names));
  if (unknown.length > 0) {
    const known = Object.keys(names).sort().join(", ");
    throw new ConfigurationError(
      scope.node.path,
      unknown.map((prop) => ({
        prop: parent ? `${parent}.${prop}` : prop,
        expected: "a prop that exists",
        got: `an unknown one`,
        remedy: `Known props: ${known}.`,
      })),
    );
  }
  const given = Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined));
  return frozenCopy({ ...defaults, ...given }) as Complete<P, D>;
}

function describeKind(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "an array" : typeof value;
}

/** Copies plain objects and arrays all the way down and freezes them; constructs and other instances are kept as they are. */
function frozenCopy(value: unknown): unknown {
  if (Array.isArray(value)) return Object.freeze(value.map(frozenCopy));
  if (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, frozenCopy(item)])));
  }
  return value;
}
