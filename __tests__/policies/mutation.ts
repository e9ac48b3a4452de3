import { type Block, type TerraformJson } from "../helpers/template";

/** A value in Terraform JSON that is known only at apply. */
export const KNOWN_AT_APPLY = "${var.known_at_apply}";

/** Two changes of one stack: one that violates a rule, and one whose value is known only at apply. */
export interface Mutation {
  readonly wrong: (subject: Block, json: TerraformJson) => void;
  readonly unknown: (subject: Block, json: TerraformJson) => void;
}

/** A JSON object on the way to an attribute. */
type JsonNode = Record<string, unknown>;

/** Returns the block of a construct, by its path below the stack. */
export function blockAt(json: TerraformJson, type: string, path: string): Block {
  return entryAt(json, type, path)[1];
}

function entryAt(json: TerraformJson, type: string, path: string): [string, Block] {
  const entries = Object.entries(json.resource?.[type] ?? {});
  const found = entries.find(([, block]) => block["//"]?.metadata?.path?.endsWith(`/${path}`));
  if (!found) throw new Error(`no ${type} at ${path}`);
  return found;
}

function setAt(block: Block, path: string, value: unknown): void {
  const keys = path.split(".");
  const last = keys.pop()!;
  const holder = keys.reduce<JsonNode>((current, key) => {
    const next = current[key];
    return (Array.isArray(next) ? next[0] : next) as JsonNode;
  }, block);
  if (value === undefined) delete holder[last];
  else holder[last] = value;
}

/** Sets an attribute, dotted where nested; `undefined` removes it. */
export function set(path: string, value: unknown): Mutation {
  return {
    wrong: (subject) => setAt(subject, path, value),
    unknown: (subject) => setAt(subject, path, KNOWN_AT_APPLY),
  };
}

/** Applies a mutation to another resource, which the subject depends on. */
export function other(type: string, path: string, { wrong, unknown }: Mutation): Mutation {
  return {
    wrong: (_, json) => wrong(blockAt(json, type, path), json),
    unknown: (_, json) => unknown(blockAt(json, type, path), json),
  };
}

/** Removes another resource. The unknown change makes it unclear whether that resource belongs to the subject. */
export function without(type: string, path: string, link: string): Mutation {
  return {
    wrong: (_, json) => void delete json.resource![type]![entryAt(json, type, path)[0]],
    unknown: (_, json) => setAt(blockAt(json, type, path), link, KNOWN_AT_APPLY),
  };
}

/** Sets a field of one container of a task definition. */
export function container(name: string, field: string, value: unknown): Mutation {
  const change = (subject: Block, to: unknown) => {
    const containers = JSON.parse(String(subject["container_definitions"])) as JsonNode[];
    const found = containers.find((one) => one["name"] === name)!;
    if (to === undefined) delete found[field];
    else found[field] = to;
    subject["container_definitions"] = JSON.stringify(containers);
  };
  return { wrong: (subject) => change(subject, value), unknown: (subject) => change(subject, KNOWN_AT_APPLY) };
}

/** Changes an attribute that contains an IAM policy as JSON text. The unknown change replaces the whole text. */
export function text(attribute: string, change: (parsed: { Statement: JsonNode[] }) => void): Mutation {
  return {
    wrong: (subject) => {
      const parsed = JSON.parse(String(subject[attribute])) as { Statement: JsonNode[] };
      change(parsed);
      subject[attribute] = JSON.stringify(parsed);
    },
    unknown: (subject) => setAt(subject, attribute, KNOWN_AT_APPLY),
  };
}

/** Replaces part of a text attribute. The unknown change replaces the whole text. */
export function replaced(attribute: string, from: string, to: string): Mutation {
  return {
    wrong: (subject) => {
      const before = String(subject[attribute]);
      if (!before.includes(from)) throw new Error(`no ${from} in ${before}`);
      setAt(subject, attribute, before.replace(from, to));
    },
    unknown: (subject) => setAt(subject, attribute, KNOWN_AT_APPLY),
  };
}

/** Changes one rule of a web ACL, by name. */
export function aclRule(name: string, key: string, value: unknown): Mutation {
  const change = (subject: Block, to: unknown) => {
    const rules = subject["rule"] as JsonNode[];
    rules.find((rule) => rule["name"] === name)![key] = to;
  };
  return { wrong: (subject) => change(subject, value), unknown: (subject) => void (subject["rule"] = KNOWN_AT_APPLY) };
}

/** Removes the rate limit from a web ACL. */
export const withoutRateLimit: Mutation = {
  wrong: (acl) => {
    const rules = acl["rule"] as { statement: object }[];
    acl["rule"] = rules.filter(({ statement }) => !("rate_based_statement" in statement));
  },
  unknown: (acl) => void (acl["rule"] = KNOWN_AT_APPLY),
};

/** Adds a resource to the stack. */
export function adding(type: string, name: string, wrong: JsonNode, unknown: JsonNode): Mutation {
  const add = (json: TerraformJson, body: JsonNode) => {
    const blocks = ((json.resource as Record<string, Record<string, Block>>)[type] ??= {});
    blocks[name] = { ...body, "//": { metadata: { path: `${stackOf(json)}/added/${name}` } } };
  };
  return { wrong: (_, json) => add(json, wrong), unknown: (_, json) => add(json, unknown) };
}

function stackOf(json: TerraformJson): string {
  const [blocks] = Object.values(json.resource ?? {});
  return Object.values(blocks ?? {})[0]?.["//"]?.metadata?.path?.split("/")[0] ?? "";
}
