import { type Block, type TerraformJson } from "../helpers/template";

/** What Terraform JSON looks like for a value that is known at apply only. */
export const AT_APPLY = "${var.known_at_apply}";

/** Two ways to change one stack: into something wrong, and into something that nobody can judge yet. */
export interface Mutation {
  readonly wrong: (subject: Block, json: TerraformJson) => void;
  readonly unknown: (subject: Block, json: TerraformJson) => void;
}

type Holder = Record<string, unknown>;

/** The block at a construct path below the stack. */
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
  const holder = keys.reduce<Holder>((current, key) => {
    const next = current[key];
    return (Array.isArray(next) ? next[0] : next) as Holder;
  }, block);
  if (value === undefined) delete holder[last];
  else holder[last] = value;
}

/** Sets an attribute, dotted where nested; `undefined` removes it. */
export function set(path: string, value: unknown): Mutation {
  return {
    wrong: (subject) => setAt(subject, path, value),
    unknown: (subject) => setAt(subject, path, AT_APPLY),
  };
}

/** Does the same to a resource that belongs to the subject. */
export function other(type: string, path: string, { wrong, unknown }: Mutation): Mutation {
  return {
    wrong: (_, json) => wrong(blockAt(json, type, path), json),
    unknown: (_, json) => unknown(blockAt(json, type, path), json),
  };
}

/** Takes the resource away that belongs to the subject; what is unknown is whether it does. */
export function without(type: string, path: string, link: string): Mutation {
  return {
    wrong: (_, json) => void delete json.resource![type]![entryAt(json, type, path)[0]],
    unknown: (_, json) => setAt(blockAt(json, type, path), link, AT_APPLY),
  };
}

/** Sets a field of a container of the subject, a task definition. */
export function container(name: string, field: string, value: unknown): Mutation {
  const change = (subject: Block, to: unknown) => {
    const containers = JSON.parse(String(subject["container_definitions"])) as Holder[];
    const found = containers.find((one) => one["name"] === name)!;
    if (to === undefined) delete found[field];
    else found[field] = to;
    subject["container_definitions"] = JSON.stringify(containers);
  };
  return { wrong: (subject) => change(subject, value), unknown: (subject) => change(subject, AT_APPLY) };
}

/** Changes an attribute that holds JSON as text; unknown is the whole text. */
export function text(attribute: string, change: (parsed: { Statement: Holder[] }) => void): Mutation {
  return {
    wrong: (subject) => {
      const parsed = JSON.parse(String(subject[attribute])) as { Statement: Holder[] };
      change(parsed);
      subject[attribute] = JSON.stringify(parsed);
    },
    unknown: (subject) => setAt(subject, attribute, AT_APPLY),
  };
}

/** Changes a piece of text within an attribute; unknown is the whole of it. */
export function replaced(attribute: string, from: string, to: string): Mutation {
  return {
    wrong: (subject) => {
      const before = String(subject[attribute]);
      if (!before.includes(from)) throw new Error(`no ${from} in ${before}`);
      setAt(subject, attribute, before.replace(from, to));
    },
    unknown: (subject) => setAt(subject, attribute, AT_APPLY),
  };
}

/** Changes one rule of a web ACL, by its name. */
export function aclRule(name: string, key: string, value: unknown): Mutation {
  const change = (subject: Block, to: unknown) => {
    const rules = subject["rule"] as Holder[];
    rules.find((rule) => rule["name"] === name)![key] = to;
  };
  return { wrong: (subject) => change(subject, value), unknown: (subject) => void (subject["rule"] = AT_APPLY) };
}

/** Adds a resource of the same stack. */
export function adding(type: string, name: string, wrong: Holder, unknown: Holder): Mutation {
  const add = (json: TerraformJson, body: Holder) => {
    const blocks = ((json.resource as Record<string, Record<string, Block>>)[type] ??= {});
    blocks[name] = { ...body, "//": { metadata: { path: `${stackOf(json)}/added/${name}` } } };
  };
  return { wrong: (_, json) => add(json, wrong), unknown: (_, json) => add(json, unknown) };
}

function stackOf(json: TerraformJson): string {
  const [blocks] = Object.values(json.resource ?? {});
  return Object.values(blocks ?? {})[0]?.["//"]?.metadata?.path?.split("/")[0] ?? "";
}
