/** The parts of synthesized Terraform JSON that the simulator looks at. Everything else passes through unread. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const DEFAULT_ACCOUNT = "123456789012";
const DEFAULT_REGION = "ap-northeast-1";
const ACM_ARN = /^arn:aws[\w-]*:acm:[\w-]+:\d{12}:certificate\/[\w-]+$/;

/** What has to exist in the simulated account before the stack is applied. */
export interface ForeignResources {
  readonly accountId: string;
  readonly region: string;
  /** ACM certificates that the stack names by literal ARN. */
  readonly certificates: readonly string[];
}

/** Reads account, region and foreign certificates from a synthesized stack. */
export function foreignResources(stack: Json): ForeignResources {
  const provider = first(at(stack, "provider", "aws"));
  const accounts = at(provider, "allowed_account_ids");
  const region = at(provider, "region");
  return {
    accountId: literal(first(accounts)) ?? DEFAULT_ACCOUNT,
    region: literal(region) ?? DEFAULT_REGION,
    certificates: [...new Set(strings(at(stack, "resource")).filter((text) => ACM_ARN.test(text)))].sort(),
  };
}

/**
 * The module of each resource, by address: the first path element below the stack, so that
 * `messenger-crm-dev/network/vpc` belongs to `network`. What CDKTF did not annotate belongs to "(root)".
 */
export function modulesOf(stack: Json): ReadonlyMap<string, string> {
  const modules = new Map<string, string>();
  for (const [type, byName] of entries(at(stack, "resource"))) {
    for (const [name, resource] of entries(byName)) {
      const path = at(resource, "//", "metadata", "path");
      modules.set(`${type}.${name}`, typeof path === "string" ? moduleOfPath(path) : "(root)");
    }
  }
  return modules;
}

function moduleOfPath(path: string): string {
  const [, module, ...rest] = path.split("/");
  return module !== undefined && rest.length > 0 ? module : "(root)";
}

export function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  let current = value;
  for (const key of path) {
    if (current === null || typeof current !== "object" || Array.isArray(current)) {
      return undefined;
    }
    current = (current as { readonly [key: string]: Json })[key];
  }
  return current;
}

function first(value: Json | undefined): Json | undefined {
  return Array.isArray(value) ? (value as readonly Json[])[0] : value;
}

function entries(value: Json | undefined): [string, Json][] {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? Object.entries(value) : [];
}

/** A text without interpolation. */
function literal(value: Json | undefined): string | undefined {
  return typeof value === "string" && !value.includes("${") ? value : undefined;
}

function strings(value: Json | undefined): string[] {
  if (typeof value === "string") {
    return [value];
  }
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(strings) : [];
}
