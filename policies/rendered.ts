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
  const resolver = new Resolver(stack);
  for (const element of elementsBelow(stack)) merge(json, resolver.settle(element.toTerraform()) as JsonObject);
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

const TOKENS = new DefaultTokenResolver(new StringConcat());

/** Turns values into what cdktf resolves them to. Most are plain and pass by; the same reference is resolved once. */
class Resolver {
  private readonly texts = new Map<string, unknown>();

  constructor(private readonly scope: TerraformStack) {}

  settle(value: unknown): unknown {
    if (typeof value === "string") return isPlain(value) ? value : this.text(value);
    if (typeof value === "number") return Token.isUnresolved(value) ? this.resolve(value) : value;
    if (typeof value !== "object" || value === null) return value;
    if (Tokenization.isResolvable(value) || Token.isUnresolved(value)) return this.resolve(value);
    if (Array.isArray(value)) {
      return value.map((item: unknown) => this.settle(item)).filter((item) => item !== undefined);
    }
    const settled: Record<string, unknown> = {};
    for (const [key, item] of Object.entries(value)) {
      const result = this.settle(item);
      if (result !== undefined) settled[isPlain(key) ? key : String(this.text(key))] = result;
    }
    return settled;
  }

  private text(text: string): unknown {
    if (!this.texts.has(text)) this.texts.set(text, this.resolve(text));
    return this.texts.get(text);
  }

  private resolve(value: unknown): unknown {
    return Tokenization.resolve(value, { scope: this.scope, resolver: TOKENS, preparing: false }) as unknown;
  }
}

/** A number token within a text looks like 1.8881545897087503e+289. */
function isPlain(text: string): boolean {
  return !text.includes("TfToken[") && !/\de\+\d/.test(text);
}
