import { type ClassShape, propertyOf } from "./provider-shapes";
import { isObject, type Json, type JsonObject } from "./terraform-json";

/** A resource, data source or provider, created by one `new` in the bare program. */
export interface Element {
  /** `aws_vpc.network_vpc_1234`, with the prefix `data.` for data sources. */
  readonly address: string;
  readonly name: string;
  readonly args: JsonObject;
  readonly shape: ClassShape;
}

export type Elements = ReadonlyMap<string, Element>;

/** Matches a reference to an attribute, alone or within text. A second `$` before it makes it literal. */
const REFERENCE = /(?<!\$)\$\{((?:data\.)?aws_[a-z0-9_]+\.[\w-]+)\.([a-z0-9_]+)\}/g;

export function identifier(address: string): string {
  return `_${address.replaceAll(/\W/g, "_")}`;
}

/** Returns the lines that create one element, with its class and literal arguments. */
export function emitElement(element: Element, elements: Elements): string[] {
  const { address, name, args, shape } = element;
  const emitter = new ArgumentEmitter(shape, elements);
  const config = emitter.emitConfig(args);
  const variable = identifier(address);
  return [
    `const ${variable} = new ${shape.className}(this, ${JSON.stringify(name)}, ${config});`,
    ...emitter.overrides.map(
      ({ path, value }) => `${variable}.addOverride(${JSON.stringify(path)}, ${JSON.stringify(value)});`,
    ),
  ];
}

/** Returns text as a TypeScript expression, with references as attributes of the elements. */
export function emitText(text: string, elements: Elements): string {
  const parts: string[] = [];
  let end = 0;
  for (const match of text.matchAll(REFERENCE)) {
    const attribute = attributeExpression(match[1]!, match[2]!, elements);
    if (attribute === undefined) continue;
    if (match[0] === text) return attribute;
    parts.push(escapeTemplateLiteral(text.slice(end, match.index)), `\${${attribute}}`);
    end = match.index + match[0].length;
  }
  if (parts.length === 0) return JSON.stringify(text);
  return `\`${parts.join("")}${escapeTemplateLiteral(text.slice(end))}\``;
}

function attributeExpression(address: string, attribute: string, elements: Elements): string | undefined {
  const getters = elements.get(address)?.shape.stringGetters ?? new Set();
  const wanted = attribute.replaceAll("_", "").toLowerCase();
  const getter = [...getters].find((name) => name.toLowerCase() === wanted);
  return getter === undefined ? undefined : `${identifier(address)}.${getter}`;
}

function escapeTemplateLiteral(text: string): string {
  return JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("`", "\\`").replaceAll("${", "\\${");
}

/** Emits the arguments of one element and collects overrides for attributes that its class lacks. */
class ArgumentEmitter {
  readonly overrides: { readonly path: string; readonly value: Json }[] = [];

  constructor(
    private readonly shape: ClassShape,
    private readonly elements: Elements,
  ) {}

  emitConfig(args: JsonObject): string {
    const { depends_on: dependsOn, lifecycle, provider, ...own } = args;
    const members = this.members(own, this.shape.config, "");
    if (dependsOn !== undefined) members.push(`dependsOn: [${(dependsOn as string[]).map(identifier).join(", ")}]`);
    if (isObject(lifecycle)) members.push(`lifecycle: ${this.emitLifecycle(lifecycle)}`);
    if (typeof provider === "string") members.push(`provider: ${identifier(provider)}`);
    return `{ ${members.join(", ")} }`;
  }

  private emitLifecycle(lifecycle: JsonObject): string {
    const camel = (key: string) => key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const emit = (value: Json): string => {
      if (Array.isArray(value)) return `[${(value as readonly Json[]).map(emit).join(", ")}]`;
      if (!isObject(value)) return this.emitPlain(value);
      return `{ ${Object.entries(value)
        .map(([key, member]) => `${camel(key)}: ${emit(member)}`)
        .join(", ")} }`;
    };
    return emit(lifecycle);
  }

  private members(args: JsonObject, interfaceName: string, path: string): string[] {
    const properties = this.shape.interfaces.get(interfaceName);
    return Object.entries(args).flatMap(([attribute, value]) => {
      const property = propertyOf(properties, attribute);
      if (property === undefined) {
        this.overrides.push({ path: `${path}${attribute}`, value });
        return [];
      }
      return [`${property.name}: ${this.emitTyped(value, property.type, `${path}${attribute}.`)}`];
    });
  }

  /** Emits a value. Blocks have an interface with camelCase names; maps and untyped values keep their keys. */
  private emitTyped(value: Json, type: string, path: string): string {
    const name = /^(\w+)(\[\])?( \| cdktf\.IResolvable)?$/.exec(type)?.[1];
    if (name === undefined || !this.shape.interfaces.has(name)) return this.emitPlain(value);
    if (Array.isArray(value)) {
      const items = (value as readonly Json[]).map((item, index) => this.emitTyped(item, type, `${path}${index}.`));
      return `[${items.join(", ")}]`;
    }
    if (!isObject(value)) return this.emitPlain(value);
    return `{ ${this.members(value, name, path).join(", ")} }`;
  }

  private emitPlain(value: Json): string {
    if (typeof value === "string") return this.emitString(value);
    if (Array.isArray(value)) return `[${(value as readonly Json[]).map((item) => this.emitPlain(item)).join(", ")}]`;
    if (!isObject(value)) return JSON.stringify(value);
    const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${this.emitPlain(member)}`);
    return `{ ${members.join(", ")} }`;
  }

  /** Emits text. JSON text (IAM policies, dashboards, container definitions) becomes JSON.stringify of an object. */
  private emitString(text: string): string {
    if (/^[{[]/.test(text)) {
      const parsed = parseJson(text);
      if (parsed !== undefined && JSON.stringify(parsed) === text) return `JSON.stringify(${this.emitPlain(parsed)})`;
    }
    return emitText(text, this.elements);
  }
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
