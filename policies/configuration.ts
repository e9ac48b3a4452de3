import { isObject, type JsonObject, Resource } from "./resource";
import { isTemplate, referencedAddresses } from "./template-text";

/** Attributes that identify a resource at AWS, and that other resources may contain literally. */
const NAMES = ["name", "id", "arn", "bucket", "identifier", "cluster_identifier", "replication_group_id"] as const;

/** Holds all blocks of one stack's Terraform JSON. */
export class Configuration {
  private readonly byType = new Map<string, Resource[]>();
  private readonly byAddress = new Map<string, Resource>();

  /** @param json the stack's Terraform JSON, rendered from the construct tree or read from its file */
  constructor(
    readonly stack: string,
    json: JsonObject,
  ) {
    const types = isObject(json["resource"]) ? json["resource"] : {};
    for (const [type, blocks] of Object.entries(types)) this.addAll(type, blocks);
    for (const kind of ["output", "variable"]) this.addAll(kind, json[kind]);
    for (const [name, value] of Object.entries(isObject(json["locals"]) ? json["locals"] : {})) {
      this.add("local", name, { value });
    }
    for (const [name, value] of Object.entries(isObject(json["provider"]) ? json["provider"] : {})) {
      this.add("provider", name, { value });
    }
  }

  /** Returns the blocks of the given types, or all blocks for `*`. */
  resources(...types: readonly string[]): readonly Resource[] {
    if (types.includes("*")) return [...this.byType.values()].flat();
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  /** Returns the resources of this stack that a value references. */
  referenced(value: unknown): readonly Resource[] {
    return referencedAddresses(value).flatMap((address) => this.byAddress.get(address) ?? []);
  }

  /**
   * Whether a value may identify the resource, by reference or literally. A value that is known only at apply and references nothing
   * in this stack counts as a match, so that no rule reports it by mistake.
   */
  mayPointAt(value: unknown, resource: Resource): boolean {
    if (Array.isArray(value)) return value.some((item) => this.mayPointAt(item, resource));
    if (!isTemplate(value)) return value !== undefined && NAMES.some((name) => resource.body[name] === value);
    const found = this.referenced(value);
    return found.length === 0 || found.includes(resource);
  }

  /** Returns the resources of a type whose attribute identifies, or may identify, the given resource. */
  pointingAt(resource: Resource, type: string, attribute: string): readonly Resource[] {
    return this.resources(type).filter((other) => this.mayPointAt(other.value(attribute), resource));
  }

  private addAll(type: string, blocks: unknown): void {
    if (!isObject(blocks)) return;
    for (const [name, body] of Object.entries(blocks)) if (isObject(body)) this.add(type, name, body);
  }

  private add(type: string, name: string, body: JsonObject): void {
    const resource = new Resource(type, name, pathOf(body) ?? `${this.stack}/${type}.${name}`, body);
    const siblings = this.byType.get(type);
    if (siblings) siblings.push(resource);
    else this.byType.set(type, [resource]);
    this.byAddress.set(resource.address, resource);
  }
}

/** Returns the construct's path, which cdktf writes into every resource. */
function pathOf(body: JsonObject): string | undefined {
  const comment = body["//"];
  const metadata = isObject(comment) ? comment["metadata"] : undefined;
  const path = isObject(metadata) ? metadata["path"] : undefined;
  return typeof path === "string" ? path : undefined;
}
