import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const PROVIDER_LIB = join(dirname(require.resolve("@cdktf/provider-aws/package.json")), "lib");

/** How one L1 class wants to be called, read from its declarations. */
export interface ClassShape {
  readonly className: string;
  /** Deep import path. */
  readonly module: string;
  readonly config: string;
  /** Properties of each interface of the module: name to type. */
  readonly interfaces: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Getters that give a string, so that a reference fits into a template literal. */
  readonly stringGetters: ReadonlySet<string>;
}

const shapes = new Map<string, ClassShape>();

/** @param folder of the class below `lib/`: `lb-target-group` */
export function classShape(folder: string): ClassShape {
  const known = shapes.get(folder) ?? readClassShape(folder);
  shapes.set(folder, known);
  return known;
}

function readClassShape(folder: string): ClassShape {
  const file = join(PROVIDER_LIB, folder, "index.d.ts");
  if (!existsSync(file)) throw new Error(`There is no @cdktf/provider-aws/lib/${folder}.`);
  const text = readFileSync(file, "utf8").replace(/\/\*[^]*?\*\//g, "");
  const declaration =
    /export declare class (\w+) extends cdktf\.Terraform(?:Resource|DataSource|Provider) \{([^]*?)\n\}/.exec(text);
  if (declaration === null) throw new Error(`${folder}: no class of a resource found.`);
  const [, className, body] = declaration as unknown as [string, string, string];
  const config = /constructor\(scope: Construct, id: string, config\??: (\w+)\)/.exec(body)?.[1];
  if (config === undefined) throw new Error(`${folder}: the constructor of ${className} takes no config.`);
  return {
    className,
    module: `@cdktf/provider-aws/lib/${folder}`,
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

/** Terraform's `cidr_ipv4` is `cidrIpv4` in TypeScript; compared without case, since digits break the rule now and then. */
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
