import * as z from "zod";
import { describeType, formatValue } from "../modules/core/format-value";
import { type Problem, type ProblemCode } from "../modules/core/problem";
import { similarName } from "../modules/core/similar-name";
import { fieldPath } from "./field-path";
import { type Format } from "./fields";

const SEE_SCHEMA = "See environments/schema.ts for what it means.";

/** The name of each type in messages, and the remedy for a value of another type. */
const TYPES: Readonly<Record<string, { readonly expected: string; readonly remedy: string }>> = {
  string: { expected: "text", remedy: "Write it in quotes." },
  number: { expected: "a number", remedy: "Write it as a number, without quotes." },
  boolean: { expected: "true or false", remedy: "Write true or false, without quotes." },
  array: { expected: "a list", remedy: "Put its elements in brackets." },
  object: { expected: "an object", remedy: "See environments/schema.ts for its fields." },
};

export interface SchemaProblem {
  readonly problem: Problem;
  readonly path: readonly PropertyKey[];
  /** `missing`: no value. `type`: a value that checks between fields cannot read. `value`: a value of the right type that is not allowed. */
  readonly kind: "missing" | "type" | "value";
}

/** Parses data by a schema. Every problem has the form and wording of the modules' problems. */
export function parseBySchema<Schema extends z.ZodType>(
  schema: Schema,
  data: unknown,
): { readonly value: z.output<Schema> | undefined; readonly problems: readonly SchemaProblem[] } {
  const { data: value, error } = schema.safeParse(data, { reportInput: true, error: () => SEE_SCHEMA });
  return { value, problems: (error?.issues ?? []).flatMap((issue) => problemsOf(issue, schema, data)) };
}

function problemsOf(issue: z.core.$ZodIssue, schema: z.ZodType, data: unknown): SchemaProblem[] {
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) =>
        unknownField([...issue.path, key], issue.input, schemaAt(schema, data, issue.path)),
      );
    case "invalid_type":
      return [wrongType(issue)];
    case "invalid_value":
      return [issue.input === undefined ? missing(issue, SEE_SCHEMA) : notOneOf(issue, issue.values, issue.input)];
    case "invalid_union":
      return [notOneOf(issue, discriminatorValues(issue), valueAt(data, issue.path))];
    case "custom":
      return [refined(issue)];
    default:
      throw new Error(`environments: unexpected zod issue ${issue.code}`);
  }
}

type Issue = z.core.$ZodIssue;

function missing({ path, input, message }: Issue, remedy = message): SchemaProblem {
  const got = input === "" ? "an empty string" : formatValue(input);
  const problem = { code: "core/required", prop: fieldPath(path), expected: "a value", got, remedy } as const;
  return { path, kind: "missing", problem };
}

function wrongType(issue: z.core.$ZodIssueInvalidType): SchemaProblem {
  const { path, input } = issue;
  if (input === undefined && path.length > 0) return missing(issue);
  const type = TYPES[issue.expected] ?? { expected: issue.expected, remedy: SEE_SCHEMA };
  const got = typeof input === "number" ? formatValue(input) : describeType(input);
  const remedy = input === null ? SEE_SCHEMA : type.remedy;
  return {
    path,
    kind: "type",
    problem: { code: "core/wrong-type", prop: fieldPath(path), expected: type.expected, got, remedy },
  };
}

function notOneOf({ path, message: remedy }: Issue, values: readonly unknown[], given: unknown): SchemaProblem {
  const known = values.filter((value) => value !== undefined).map(String);
  const expected = `one of ${known.join(", ")}`;
  return {
    path,
    kind: "type",
    problem: { code: "core/not-one-of", prop: fieldPath(path), expected, got: formatValue(given), remedy },
  };
}

/** Describes a failed refinement of fields.ts or schema.ts; its `params` hold what was expected. */
function refined(issue: z.core.$ZodIssueCustom): SchemaProblem {
  const { path, input, message: remedy, params = {} } = issue;
  if (params["problem"] !== undefined) return { path, kind: "type", problem: params["problem"] as Problem };
  if (params["blank"] === true) return missing(issue);
  const { expected: rule, code } = params as { readonly expected: Format["expected"]; readonly code: ProblemCode };
  const expected = typeof rule === "string" ? rule : rule(String(input));
  return { path, kind: "value", problem: { code, prop: fieldPath(path), expected, got: formatValue(input), remedy } };
}

function discriminatorValues(issue: z.core.$ZodIssueInvalidUnion): readonly unknown[] {
  return "options" in issue ? (issue.options ?? []) : [];
}

type Shape = Readonly<Record<string, unknown>>;

/** Describes a field that the object does not have: it belongs to another form of the object, or is a typing mistake. */
function unknownField(path: readonly PropertyKey[], parent: unknown, schema: unknown): SchemaProblem {
  const key = String(path.at(-1));
  const prop = fieldPath(path);
  const as = (problem: Omit<Problem, "prop">): SchemaProblem => ({ path, kind: "type", problem: { prop, ...problem } });
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const { discriminator } = schema.def;
    const others = objectsOf(schema).filter(({ shape }) => Object.hasOwn(shape, key));
    if (others.length > 0) {
      const own = formOf(optionFor(schema, parent).shape, discriminator);
      const forms = others.map(({ shape }) => `"${formOf(shape, discriminator)}"`);
      return as({
        code: "environments/other-form",
        expected: `nothing with ${own}`,
        got: formatValue((parent as Shape)[key]),
        remedy: `Set ${discriminator} to ${forms.join(" or ")}, or remove it.`,
      });
    }
  }
  const object = schema instanceof z.ZodDiscriminatedUnion ? optionFor(schema, parent) : (schema as z.ZodObject);
  const fields = Object.keys(object.shape).sort();
  const similar = similarName(key, fields);
  const remedy = `${similar === undefined ? "" : `Did you mean ${similar}? `}Known props: ${fields.join(", ")}.`;
  return as({ code: "core/unknown-prop", expected: "a prop that exists", got: "an unknown one", remedy });
}

function objectsOf(union: z.ZodDiscriminatedUnion): readonly z.ZodObject[] {
  return union.options.filter((option) => option instanceof z.ZodObject);
}

/** Returns the discriminator value of this form of an object. */
function formOf(shape: Shape, discriminator: string): string {
  const field = shape[discriminator] as z.ZodType;
  return [...(field._zod.values ?? [])].filter((value) => value !== undefined).join(" or ");
}

function optionFor(union: z.ZodDiscriminatedUnion, value: unknown): z.ZodObject {
  const form = (value as Shape)[union.def.discriminator];
  const fits = (shape: Shape) => (shape[union.def.discriminator] as z.ZodType)._zod.values?.has(form as string);
  return objectsOf(union).find(({ shape }) => fits(shape))!;
}

/** Returns the schema at a path; a union as a whole, not one of its forms. */
function schemaAt(schema: unknown, data: unknown, path: readonly PropertyKey[]): unknown {
  if (schema instanceof z.ZodOptional) return schemaAt(schema.unwrap(), data, path);
  const [key, ...rest] = path;
  if (key === undefined) return schema;
  const object = schema instanceof z.ZodDiscriminatedUnion ? optionFor(schema, data) : (schema as z.ZodObject);
  return schemaAt(object.shape[String(key)], valueAt(data, [key]), rest);
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? (value as Shape)[String(key)] : undefined),
    data,
  );
}
