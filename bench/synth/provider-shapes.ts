import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const PROVIDER_LIB = join(dirname(require.resolve("@cdktf/provider-aws/package.json")), "lib");

/** The constructor and properties of an L1 class, read from its declarations. */
export interface ClassShape {
  readonly className: string;
  /** Deep import path. */
  readonly module: string;
  readonly config: string;
  /** Types of the properties of each interface, by name. */
  readonly interfaces: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Getters that return a string and can be used in a template literal. */
  readonly stringGetters: ReadonlySet<string>;
}

/**
 * A resource of another provider, such as Terraform's own `terraform_data`, with attributes as overrides. cdktf's `DataResource` would run
 * `terraform version` in each synth.
 */
export const UNTYPED_RESOURCE: ClassShape = {
  className: "TerraformResource",
  module: "cdktf",
  config: "TerraformResourceConfig",
  interfaces: new Map([["TerraformResourceConfig", new Map([["terraformResourceType", "string"]])]]),
  stringGetters: new Set(),
};

const shapes = new Map<string, ClassShape>();

/** @param folder of the class below `lib/`, such as `lb-target-group` */
export function classShape(folder: string): ClassShape {
  const known = shapes.get(folder) ?? readClassShape(folder);
  shapes.set(folder, known);
  return known;
}

function readClassShape(folder: string): ClassShape {
  const module = `@cdktf/provider-aws/lib/${folder}`;
  const file = join(PROVIDER_LIB, folder, "index.d.ts");
  if (!existsSync(file)) throw new Error(`${module} does not exist.`);
  const text = readFileSync(file, "utf8").replace(/\/\*[^]*?\*\//g, "");
  const declaration =
    /export declare class (\w+) extends cdktf\.Terraform(?:Resource|DataSource|Provider) \{([^]*?)\n\}/.exec(text);
  if (declaration === null) throw new Error(`${folder}: no class of a resource found.`);
  const [, className, body] = declaration as unknown as [string, string, string];
  const config = /constructor\(scope: Construct, id: string, config\??: (\w+)\)/.exec(body)?.[1];
  if (config === undefined) throw new Error(`${folder}: the constructor of ${className} takes no config.`);
  return {
    className,
    module,
    config,
    interfaces: readInterfaces(text),
    stringGetters: new Set([...body.matchAll(/\n\s+get (\w+)\(\): string;/g)].map((match) => match[1]!)),
  };
}

function readInterfaces(text: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const interfaces = [...text.matchAll(/export interface (\w+)[^{]*\{([^]*?)\n\}/g)];
  return new Map(
    interfaces.map(([, name, body]) => {
      const properties = [...body!.matchAll(/readonly (\w+)\??: (\{[^}]*\}[^;]*|[^;{]+);/g)];
      return [name!, new Map(properties.map(([, property, type]) => [property!, type!.replace(/\s+/g, " ")]))];
    }),
  );
}

/** Finds the property for an attribute: `cidrIpv4` for `cidr_ipv4`. Ignores case, because names with digits are irregular. */
export function propertyOf(
  shape: ReadonlyMap<string, string> | undefined,
  attribute: string,
): { readonly name: string; readonly type: string } | undefined {
  const wanted = attribute.replaceAll("_", "").toLowerCase();
  for (const [name, type] of shape ?? []) {
    if (name.toLowerCase() === wanted) return { name, type };
  }
  return undefined;
}
