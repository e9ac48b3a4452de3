import { TerraformProvider, TerraformStack } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { isUnresolved } from "./tokens";

/** Region and account in which a stack creates its resources, as far as they are known at synth. */
export interface Location {
  readonly region?: string | undefined;
  readonly accountId?: string | undefined;
}

/**
 * Returns the region and the account in which a construct creates resources: those of the given provider, or of the stack's AWS provider
 * without an alias. The account is known when the provider allows exactly one. Both are unknown outside a stack, and before the provider
 * is created.
 */
export function locationOf(scope: IConstruct | string, given?: TerraformProvider): Location {
  const provider = providerOf(scope, given);
  if (!provider || !isAwsProvider(provider)) return {};
  const { region, allowedAccountIds: accounts } = provider;
  const accountId = accounts?.length === 1 ? accounts[0] : undefined;
  return { ...known({ region }), ...known({ accountId }) };
}

/** Returns the provider that creates a construct's resources: the given one, or the stack's AWS provider without an alias. */
export function providerOf(scope: IConstruct | string, given?: TerraformProvider): TerraformProvider | undefined {
  return given ?? defaultProviderOf(scope);
}

function defaultProviderOf(scope: IConstruct | string): AwsProviderLike | undefined {
  if (!Construct.isConstruct(scope)) return undefined;
  const stack = scope.node.scopes.find((parent) => TerraformStack.isStack(parent));
  return stack?.node.children.filter(isAwsProvider).find(({ alias }) => alias === undefined);
}

export interface AwsProviderLike extends TerraformProvider {
  readonly region?: string | undefined;
  readonly allowedAccountIds?: readonly string[] | undefined;
}

/** Compares the type by its name: importing the provider's class would cost its whole package, and its version is the user's choice. */
export function isAwsProvider(value: unknown): value is AwsProviderLike {
  return TerraformProvider.isTerraformProvider(value) && value.terraformResourceType === "aws";
}

function known(values: Readonly<Record<string, string | undefined>>): Location {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && !isUnresolved(value)));
}
