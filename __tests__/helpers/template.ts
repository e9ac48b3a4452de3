/** A resource or data source as Terraform reads it. */
export type Block = Record<string, unknown> & { "//"?: { metadata?: { path?: string } } };

export interface TerraformJson {
  readonly resource?: Record<string, Record<string, Block>>;
  readonly data?: Record<string, Record<string, Block>>;
  readonly output?: Record<string, Block>;
  readonly variable?: Record<string, Block>;
  readonly terraform?: Record<string, unknown>;
  readonly provider?: Record<string, Block[]>;
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
}

/** Synthesized Terraform JSON with exact queries. */
export class Template {
  constructor(
    readonly json: TerraformJson,
    readonly text: string,
  ) {}

  /** Returns the resources of a type, by construct path below the stack (`network/vpc`), without cdktf's metadata. */
  resources(type: string): Record<string, Block> {
    const found = Object.values(this.json.resource?.[type] ?? {});
    return Object.fromEntries(
      found.map((block) => {
        const { "//": comment, ...body } = block;
        const path = comment?.metadata?.path ?? "";
        return [path.slice(path.indexOf("/") + 1), body];
      }),
    );
  }

  /** Returns the resource of a type at a construct path below the stack. @throws Error that lists the existing paths */
  resource(type: string, path: string): Block {
    const all = this.resources(type);
    const block = all[path];
    if (!block) throw new Error(`no ${type} at ${path}; there are: ${Object.keys(all).join(", ") || "none"}`);
    return block;
  }

  /** Returns the only resource of a type. @throws Error when there is none or more than one */
  only(type: string): Block {
    const all = this.resources(type);
    const [block] = Object.values(all);
    if (!block || Object.keys(all).length !== 1) {
      throw new Error(`expected one ${type}, found ${Object.keys(all).length}: ${Object.keys(all).join(", ")}`);
    }
    return block;
  }

  count(type: string): number {
    return Object.keys(this.json.resource?.[type] ?? {}).length;
  }

  /** Returns the number of resources of each type, sorted by type. */
  counts(): Record<string, number> {
    const entries = Object.entries(this.json.resource ?? {}).map(([type, blocks]) => [
      type,
      Object.keys(blocks).length,
    ]);
    return Object.fromEntries(entries.sort()) as Record<string, number>;
  }

  /** Returns the Terraform addresses of all resources, sorted. */
  addresses(): string[] {
    return Object.entries(this.json.resource ?? {})
      .flatMap(([type, blocks]) => Object.keys(blocks).map((name) => `${type}.${name}`))
      .sort();
  }
}

/** Parses a JSON string attribute (a policy, container definitions). */
export function parsed(value: unknown): unknown {
  return JSON.parse(String(value)) as unknown;
}
