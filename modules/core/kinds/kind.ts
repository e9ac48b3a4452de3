import { type Problem } from "../problem";

/** Receives the problems that reading finds. */
export interface ProblemCollector {
  add(problem: Problem): void;
  /**
   * @param kept whether the value stays among the props, so that a check of the prop itself, which knows the range and the
   * remedy, can report it instead; a value that would break such a check is removed
   */
  addWrongType(problem: Problem, kept: boolean): void;
}

/**
 * The run-time type of a prop, without its range. Reading returns a frozen copy in which Terraform expressions have the form
 * that cdktf uses for the type, or `undefined` for a value of another type.
 */
export interface Kind<in T> {
  read(value: unknown, prop: string, problems: ProblemCollector): unknown;
  /** Lets the compiler refuse a kind that does not cover the prop's type. */
  readonly covers?: ((value: T) => void) | undefined;
}

/** The kind of each prop of an interface; the compiler refuses a shape that lacks a prop or gives it a wrong kind. */
export type Shape<P> = { readonly [K in keyof Required<P>]: Kind<Exclude<P[K], undefined>> };
