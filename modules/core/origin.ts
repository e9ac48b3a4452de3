import { TerraformResource, TerraformStack, Tokenization } from "cdktf";
import { type IConstruct } from "constructs";
import { checkAtSynth } from "./check-at-synth";
import { type Problem } from "./problem";
import { isUnresolved, resolveTokens } from "./tokens";

/** An attribute of a resource of the app. */
export interface Origin {
  readonly resource: TerraformResource;
  readonly attribute: string;
}

/**
 * Checks, when the app is synthesized, the resource that a token refers to. Nothing is checked for a literal, a variable and every other
 * expression.
 * @param scope the construct whose prop the token is
 */
export function checkOrigin(
  scope: IConstruct,
  value: unknown,
  problemOf: (origin: Origin) => Problem | undefined,
): void {
  if (!isUnresolved(value)) return;
  checkAtSynth(scope, () => {
    const origin = originOf(value);
    return origin && problemOf(origin);
  });
}

/** Returns what a token refers to, also in another stack. It finds resources only when the app is synthesized. */
export function originOf(value: unknown): Origin | undefined {
  const parts = typeof value === "string" ? Tokenization.reverseString(value) : undefined;
  if (parts?.length !== 1 || parts.firstToken === undefined) return undefined;
  const stack: unknown = Reflect.get(parts.firstToken, "originStack");
  if (!TerraformStack.isStack(stack)) return undefined;
  const reference = /^\$\{(aws_\w+\.[\w-]+)\.(\w+)\}$/.exec(String(resolveTokens(stack, value)));
  const [, address = "", attribute = ""] = reference ?? [];
  const resource = reference ? resourceAt(stack, address) : undefined;
  return resource && { resource, attribute };
}

const resourcesByStack = new WeakMap<TerraformStack, ReadonlyMap<string, TerraformResource>>();

function resourceAt(stack: TerraformStack, address: string): TerraformResource | undefined {
  const known = resourcesByStack.get(stack)?.get(address);
  if (known) return known;
  const resources = stack.node.findAll().filter((node) => TerraformResource.isTerraformResource(node));
  const byAddress = new Map(resources.map((one) => [`${one.terraformResourceType}.${one.friendlyUniqueId}`, one]));
  resourcesByStack.set(stack, byAddress);
  return byAddress.get(address);
}
