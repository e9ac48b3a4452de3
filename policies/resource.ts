import { isTemplate } from "./template-text";

export type JsonObject = Readonly<Record<string, unknown>>;

/** Stands for what a `dynamic` block makes: as unknown as any other value that Terraform computes. */
const DYNAMIC = "${dynamic}";

/** One block of Terraform JSON, of a resource, an output or a variable, with questions that know what is not known yet. */
export class Resource {
  private readonly parsed = new Map<string, unknown>();

  /**
   * @param type `aws_db_instance`; `output`, `variable`, `local` and `provider` for blocks that are no resources
   * @param path path of the construct, `messenger-crm-prod/database/instance`: the place that findings and exceptions name
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
   * The value at a dotted path through nested blocks (`access_logs.enabled`): `undefined` when it is not set, a template when only
   * Terraform will know it.
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

  /** The nested blocks of that name, none when it is not set; `undefined` when only Terraform will know them. */
  blocks(path: string): readonly JsonObject[] | undefined {
    return blocksOf(this.value(path));
  }

  /** A list of plain values, empty when it is not set; `undefined` when only Terraform will know it. */
  list(path: string): readonly unknown[] | undefined {
    const value = this.value(path);
    if (isTemplate(value)) return undefined;
    if (Array.isArray(value)) return value as unknown[];
    return value === undefined || value === null ? [] : [value];
  }

  /** An attribute that holds JSON as text, parsed; `undefined` when it is not set or only Terraform will know it. */
  json(path: string): unknown {
    if (!this.parsed.has(path)) this.parsed.set(path, parseJson(this.value(path)));
    return this.parsed.get(path);
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Nested blocks as cdktf writes them: one object or a list of them. */
export function blocksOf(value: unknown): readonly JsonObject[] | undefined {
  if (isTemplate(value)) return undefined;
  if (Array.isArray(value)) return value.every(isObject) ? value : undefined;
  return isObject(value) ? [value] : [];
}

function parseJson(text: unknown): unknown {
  if (typeof text !== "string") return undefined;
  return tryParse(text) ?? tryParse(escapeQuotesInTemplates(text));
}

/** A template that makes the whole text, such as ${jsonencode(…)}, is no JSON: it is known only at apply. */
function tryParse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Terraform reads templates before anybody reads the JSON: ${split(":", …)} has quotes that are not JSON's. */
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
