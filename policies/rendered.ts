import { DefaultTokenResolver, StringConcat, TerraformElement, TerraformStack, Token, Tokenization } from "cdktf";
import { type IConstruct } from "constructs";
import { Configuration } from "./configuration";
import { isObject, type JsonObject } from "./resource";

/** What a stack's own overrides may change without touching anything that rules look at. */
const SETTINGS: readonly string[] = ["terraform", "//"];

/**
 * The stack as its file will read: L1 attributes and `addOverride` alike, with every cdktf token turned into what Terraform
 * gets. Resolves only what has a token in it, so that it costs a fraction of a second synth.
 */
export function configurationOf(stack: TerraformStack): Configuration {
  const overrides: unknown = Reflect.get(stack, "rawOverrides");
  const overridden = isObject(overrides) && Object.keys(overrides).some((key) => !SETTINGS.includes(key));
  const json = overridden ? (stack.toTerraform() as JsonObject) : renderElements(stack);
  return new Configuration(stack.node.id, json);
}

/** Terraform JSON of every element below the stack, without backend and settings. */
export function renderElements(stack: TerraformStack): JsonObject {
  const json: Record<string, unknown> = {};
  for (const element of elementsBelow(stack)) merge(json, settle(stack, element.toTerraform()) as JsonObject);
  return json;
}

function elementsBelow(node: IConstruct): TerraformElement[] {
  const own = TerraformElement.isTerraformElement(node) ? [node] : [];
  const children = node.node.children.filter((child) => !TerraformStack.isStack(child));
  return [...own, ...children.flatMap(elementsBelow)];
}

function merge(target: Record<string, unknown>, source: JsonObject): void {
  for (const [key, value] of Object.entries(source)) {
    const there = target[key];
    if (isObject(there) && isObject(value)) merge(there, value);
    else
      target[key] =
        Array.isArray(there) && Array.isArray(value) ? [...(there as unknown[]), ...(value as unknown[])] : value;
  }
}

const RESOLVER = new DefaultTokenResolver(new StringConcat());

/** What `cdktf` resolves a value to; plain values are passed by, and most are plain. */
function settle(stack: TerraformStack, value: unknown): unknown {
  if (typeof value === "string" || typeof value === "number") return isPlain(value) ? value : resolve(stack, value);
  if (typeof value !== "object" || value === null) return value;
  if (Tokenization.isResolvable(value) || Token.isUnresolved(value)) return resolve(stack, value);
  if (Array.isArray(value)) {
    return value.map((item: unknown) => settle(stack, item)).filter((item) => item !== undefined);
  }
  const settled: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    const result = settle(stack, item);
    if (result !== undefined) settled[key.includes("TfToken[") ? String(resolve(stack, key)) : key] = result;
  }
  return settled;
}

/** A number token in a text looks like 1.8881545897087503e+289. */
function isPlain(value: string | number): boolean {
  if (typeof value === "number") return !Token.isUnresolved(value);
  return !value.includes("TfToken[") && !/\de\+\d/.test(value);
}

function resolve(stack: TerraformStack, value: unknown): unknown {
  return Tokenization.resolve(value, { scope: stack, resolver: RESOLVER, preparing: false }) as unknown;
}
