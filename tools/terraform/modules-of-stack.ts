import { at, entries, type Json } from "./json";

/** The module of resources directly below the stack, and of those that CDKTF did not annotate. */
const ROOT_MODULE = "(root)";

/**
 * Maps each resource address of a synthesized stack to its module: the first path element below the stack, so that
 * `messenger-crm-dev/network/vpc` belongs to `network`.
 */
export function modulesOfStack(stack: Json): ReadonlyMap<string, string> {
  const modules = new Map<string, string>();
  for (const [type, byName] of entries(at(stack, "resource"))) {
    for (const [name, resource] of entries(byName)) {
      const path = at(resource, "//", "metadata", "path");
      modules.set(`${type}.${name}`, typeof path === "string" ? moduleOfPath(path) : ROOT_MODULE);
    }
  }
  return modules;
}

/** Counts resources by module; instances of `count` and `for_each` belong to the module of their resource. */
export function countByModule(
  addresses: readonly string[],
  modules: ReadonlyMap<string, string>,
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const address of addresses) {
    const module = modules.get(address.split("[")[0]!) ?? ROOT_MODULE;
    counts[module] = (counts[module] ?? 0) + 1;
  }
  return counts;
}

function moduleOfPath(path: string): string {
  const [, module, ...rest] = path.split("/");
  return module !== undefined && rest.length > 0 ? module : ROOT_MODULE;
}
