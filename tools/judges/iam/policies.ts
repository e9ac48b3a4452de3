import { at, entries, type Json } from "../../terraform/json";
import { Expressions } from "../terraform-expressions";

export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Principal?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface PolicyDocument {
  readonly Version: string;
  readonly Statement: readonly Statement[];
}

/** `identity` belongs to a role, `trust` says who may assume it, `resource` is that of a key, a bucket, a topic and so on. */
export type PolicyKind = "identity" | "trust" | "resource";

export interface Policy {
  readonly stack: string;
  readonly address: string;
  readonly kind: PolicyKind;
  readonly document: PolicyDocument;
  /** The role's name for `identity` and `trust`. */
  readonly role: string | undefined;
}

const KINDS: Readonly<Record<string, PolicyKind>> = { aws_iam_role_policy: "identity", aws_iam_role: "trust" };

/** Returns every policy document in a stack: each text with a `Statement`, wherever it is. */
export function policiesOf(stack: string, json: Json): Policy[] {
  const expressions = new Expressions(json);
  return entries(at(json, "resource")).flatMap(([type, byName]) =>
    entries(byName).flatMap(([name, resource]) =>
      entries(resource)
        .filter((field): field is [string, string] => typeof field[1] === "string" && field[1].includes('"Statement"'))
        .map(([, text]) => ({
          stack,
          address: `${type}.${name}`,
          kind: KINDS[type] ?? "resource",
          document: JSON.parse(expressions.resolve(text)) as PolicyDocument,
          role: type in KINDS ? roleOf(type, name, resource) : undefined,
        })),
    ),
  );
}

/** The Terraform name of the role that a policy belongs to. */
function roleOf(type: string, name: string, resource: Json): string | undefined {
  if (type === "aws_iam_role") return name;
  const role = at(resource, "role");
  return typeof role === "string" ? /aws_iam_role\.([\w-]+)\./.exec(role)?.[1] : undefined;
}

export function list<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
