import { isTemplate } from "./template-text";

export type JsonObject = Readonly<Record<string, unknown>>;

/** Stands for the blocks of a `dynamic` block, which are known only at apply. */
const DYNAMIC = "${dynamic}";

/** Reads one block of Terraform JSON (a resource, output or variable) and distinguishes unset values from those known only at apply. */
export class Resource {
  private readonly parsed = new Map<string, unknown>();

  /**
   * @param type `aws_db_instance`; `output`, `variable`, `local` and `provider` for other blocks
   * @param path path of the construct (`messenger-crm-prod/database/instance`), which findings and exceptions refer to
   */
  constructor(
    readonly type: string,
    readonly name: string,
    readonly path: string,
    readonly body: JsonObject,
  ) {}

  get address(): string {
    return `${this.type}.${this.name}`;
  }

  /**
   * Returns the value at a dotted path through nested blocks (`access_logs.enabled`): `undefined` if it is not set, a template if it is
   * known only at apply.
   */
  value(path: string): unknown {
    let current: unknown = this.body;
    for (const key of path.split(".")) {
      const holder: unknown = Array.isArray(current) ? current[0] : current;
      if (isTemplate(holder)) return holder;
      if (!isObject(holder)) return undefined;
      current = isObject(holder["dynamic"]) && key in holder["dynamic"] ? DYNAMIC : holder[key];
    }
    return current;
  }

  /** Returns the nested blocks with that name: none if not set, `undefined` if known only at apply. */
  blocks(path: string): readonly JsonObject[] | undefined {
    return blocksOf(this.value(path));
  }

  /** Returns a list of plain values: empty if not set, `undefined` if known only at apply. */
  list(path: string): readonly unknown[] | undefined {
    const value = this.value(path);
    if (isTemplate(value)) return undefined;
    if (Array.isArray(value)) return value as unknown[];
    return value === undefined || value === null ? [] : [value];
  }

  /** Parses an attribute that contains JSON text: `undefined` if not set or known only at apply. */
  json(path: string): unknown {
    if (!this.parsed.has(path)) this.parsed.set(path, parseJson(this.value(path)));
    return this.parsed.get(path);
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Returns nested blocks as a list. cdktf writes one object or a list of objects. */
export function blocksOf(value: unknown): readonly JsonObject[] | undefined {
  if (isTemplate(value)) return undefined;
  if (Array.isArray(value)) return value.every(isObject) ? value : undefined;
  return isObject(value) ? [value] : [];
}

function parseJson(text: unknown): unknown {
  if (typeof text !== "string") return undefined;
  return tryParse(text) ?? tryParse(escapeQuotesInTemplates(text));
}

/** Parses JSON. Returns `undefined` for other text, such as a template for the whole document (`${jsonencode(…)}`). */
function tryParse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Escapes quotes inside templates such as ${split(":", …)}, which Terraform evaluates before the JSON is parsed. */
function escapeQuotesInTemplates(text: string): string {
  let depth = 0;
  let escaped = "";
  for (const char of text) {
    if (char === "{" && (depth > 0 || /(^|[^$])\$$/.test(escaped))) depth += 1;
    else if (char === "}" && depth > 0) depth -= 1;
    escaped += depth > 0 && char === '"' ? '\\"' : char;
  }
  return escaped;
}
