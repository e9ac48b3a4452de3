import * as z from "zod";
import { type Problem } from "../modules/core/configuration-error";
import { describeType, formatValue } from "../modules/core/format-value";
import { fieldPath } from "./field-path";
import { similarName } from "./similar-name";

const SEE_SCHEMA = "See environments/schema.ts for what it means.";

/** What a type is called, and what to do about a value of another one. */
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
  /** `missing`: no value at all. `type`: a value that checks between fields cannot read. `value`: one that they can. */
  readonly kind: "missing" | "type" | "value";
}

/** Parses data by a schema. Every problem has the form and the words of the modules' problems. */
export function parseBySchema<Schema extends z.ZodType>(
  schema: Schema,
  data: unknown,
): { readonly value: z.output<Schema> | undefined; readonly problems: readonly SchemaProblem[] } {
  const { data: value, error } = schema.safeParse(data, { reportInput: true, error: () => SEE_SCHEMA });
  return { value, problems: (error?.issues ?? []).flatMap((issue) => problemsOf(issue, schema, data)) };
}

function problemsOf(issue: z.core.$ZodIssue, schema: z.ZodType, data: unknown): SchemaProblem[] {
  const { path, input } = issue;
  const prop = fieldPath(path);
  const remedy = issue.message;
  const as = (kind: SchemaProblem["kind"], expected: string, got: string, what = remedy): SchemaProblem[] => [
    { path, kind, problem: { prop, expected, got, remedy: what } },
  ];
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownField([...path, key], input, schemaAt(schema, data, path)));
    case "invalid_value":
    case "invalid_union": {
      const values: readonly unknown[] = issue.code === "invalid_value" ? issue.values : discriminatorValues(issue);
      const given = issue.code === "invalid_value" ? input : valueAt(data, path);
      if (given === undefined && path.length > 0 && issue.code === "invalid_value")
        return as("missing", "a value", "nothing", SEE_SCHEMA);
      const known = values.filter((value) => value !== undefined && value !== null);
      return as("type", `one of ${known.map(String).join(", ")}`, formatValue(given));
    }
    case "custom": {
      const params = issue.params ?? {};
      if (params["problem"] !== undefined) return [{ path, kind: "type", problem: params["problem"] as Problem }];
      const got = input === "" ? "an empty string" : formatValue(input);
      return params["blank"] ? as("missing", "a value", got) : as("value", String(params["expected"]), got);
    }
    default: {
      if (issue.code !== "invalid_type") throw new Error(`environments: no words for the issue ${issue.code}`);
      if (input === undefined && path.length > 0) return as("missing", "a value", "nothing");
      const type = TYPES[issue.expected] ?? { expected: issue.expected, remedy: SEE_SCHEMA };
      const got = typeof input === "number" ? formatValue(input) : describeType(input);
      return as("type", type.expected, got, input === null ? SEE_SCHEMA : type.remedy);
    }
  }
}

function discriminatorValues(issue: z.core.$ZodIssueInvalidUnion): readonly unknown[] {
  return "options" in issue ? (issue.options ?? []) : [];
}

type Shape = Readonly<Record<string, unknown>>;

/** Explains a field that the object does not have: it belongs to another form of the object, or is a typing mistake. */
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
  return as({ expected: "a prop that exists", got: "an unknown one", remedy });
}

function objectsOf(union: z.ZodDiscriminatedUnion): readonly z.ZodObject[] {
  return union.options.filter((option) => option instanceof z.ZodObject);
}

/** The value of the discriminator that makes this form of an object. */
function formOf(shape: Shape, discriminator: string): string {
  const field = shape[discriminator] as z.ZodType;
  return [...(field._zod.values ?? [])].filter((value) => value !== undefined).join(" or ");
}

function optionFor(union: z.ZodDiscriminatedUnion, value: unknown): z.ZodObject {
  const form = (value as Shape)[union.def.discriminator];
  const fits = (shape: Shape) => (shape[union.def.discriminator] as z.ZodType)._zod.values?.has(form as string);
  return objectsOf(union).find(({ shape }) => fits(shape))!;
}

/** The schema of a part, before one form of a union is chosen. */
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
