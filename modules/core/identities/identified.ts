import { TerraformResource } from "cdktf";
import { type IConstruct } from "constructs";
import { locationOf, providerOf } from "../location";
import { partitionOf } from "../regions";
import { resolveTokens } from "../tokens";
import { IDENTITIES, type Identity } from "./identities";

/** A resource with one of its identities. */
export interface Identified {
  readonly resource: TerraformResource;
  readonly identity: Identity;
  /** The values of the identity's attributes, with references as Terraform writes them. */
  readonly values: readonly string[];
  /** Equal for resources that are one and the same at AWS. */
  readonly key: string;
}

/** Returns the identities of a construct that is a resource; none when AWS chooses its name, or when it may not exist. */
export function identitiesOf(resource: IConstruct): Identified[] {
  if (!TerraformResource.isTerraformResource(resource)) return [];
  const identity = IDENTITIES[resource.terraformResourceType];
  // Of two resources with a count, only one may exist.
  if (!identity || resource.count !== undefined || resource.forEach !== undefined) return [];
  const attributes = renderedAttributes(resource);
  // Route 53 overwrites such a record on purpose.
  if (attributes["allow_overwrite"] === true) return [];
  const read = (names: readonly string[]) =>
    names.map((name) => resolveTokens(resource.cdktfStack, valueAt(attributes, name)) ?? "");
  const parents = read(identity.parents).map(String);
  const own = read(identity.attributes);
  return (identity.isList ? elementsOf(own[0]) : [own])
    .map((values) => values.map(String))
    .filter((values) => values.some((value) => value !== ""))
    .map((values) => ({ resource, identity, values, key: keyOf(resource, identity, [...parents, ...values]) }));
}

function elementsOf(list: unknown): unknown[][] {
  return Array.isArray(list) ? list.map((element: unknown) => [element]) : [];
}

/** Returns the attributes as they are written, with the overrides of an escape hatch. */
function renderedAttributes(resource: TerraformResource): Readonly<Record<string, unknown>> {
  const { resource: byType } = resource.toTerraform() as { resource?: Record<string, Record<string, object>> };
  return { ...byType?.[resource.terraformResourceType]?.[resource.friendlyUniqueId] };
}

function valueAt(attributes: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => {
    const block: unknown = Array.isArray(value) ? value[0] : value;
    return typeof block === "object" && block !== null ? (block as Record<string, unknown>)[key] : undefined;
  }, attributes);
}

function keyOf(resource: TerraformResource, { kind, reach, ignoresCase }: Identity, values: readonly string[]): string {
  const texts = ignoresCase ? values.map((value) => value.toLowerCase()) : values;
  // In each stack, a reference means another resource.
  const stack = texts.some((value) => value.includes("${")) ? resource.cdktfStack.node.path : "";
  return JSON.stringify([kind ?? resource.terraformResourceType, placeOf(resource, reach), stack, ...texts]);
}

/** Names the place that an identity is unique in. What is not known at synth is the same only for the same provider. */
function placeOf(resource: TerraformResource, reach: Identity["reach"]): readonly string[] {
  const { region, accountId } = locationOf(resource, resource.provider);
  const provider = providerOf(resource, resource.provider)?.node.path ?? resource.cdktfStack.node.path;
  const account = accountId ?? provider;
  if (reach === "partition") return [partitionOf(region ?? "") ?? ""];
  return reach === "account" ? [account] : [account, region ?? provider];
}
