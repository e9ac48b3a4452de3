import * as z from "zod";
import { type Kind, type ProblemCollector } from "../modules/core/kinds";
import { type Problem, type ProblemCode } from "../modules/core/problem";

// The `error` of a field is the remedy of its problem, and `params` hold what was expected; schema-problems.ts combines them.

/** Accepts text that is not blank. @param remedy what to do when it is missing */
export function text(remedy?: string) {
  return z
    .string(remedy)
    .refine((value) => value.trim() !== "", { error: remedy, abort: true, params: { blank: true } });
}

export interface Format {
  readonly test: (value: string) => boolean;
  /** The expected format: "12 digits"; it may depend on the value. */
  readonly expected: string | ((value: string) => string);
  /** What to do, which may depend on the value. */
  readonly remedy: string | ((value: string) => string);
  /** @default "core/wrong-format" */
  readonly code?: ProblemCode;
}

/** Accepts text in the given format. @param missing what to do when it is missing */
export function textOf({ test, expected, remedy, code = "core/wrong-format" }: Format, missing?: string) {
  const error = typeof remedy === "string" ? remedy : ({ input }: { input?: unknown }) => remedy(String(input));
  return text(missing).refine(test, { error, abort: true, params: { expected, code } });
}

/** Accepts one of the given values. */
export function oneOf<const Value extends string | number>(values: readonly Value[], remedy?: string) {
  return z.literal(values, remedy);
}

/** Accepts a part that is passed to a module as it is, and checks it by the module's own declaration of its fields. */
export function partOf<Part>(prop: string, kind: Kind<Part>) {
  return z.custom<Part>().superRefine((value, context) => {
    const report = (problem: Problem) => context.addIssue({ code: "custom", params: { problem } });
    const problems: ProblemCollector = { add: report, addWrongType: report };
    kind.read(value, prop, problems);
  });
}
