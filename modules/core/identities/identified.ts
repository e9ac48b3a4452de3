import { TerraformResource } from "cdktf";
import { type IConstruct } from "constructs";
import { locationOf, providerOf } from "../location";
import { partitionOf } from "../regions";
import { isUnresolved, resolveTokens } from "../tokens";
import { IDENTITIES, type Identity, type Reach } from "./identities";

/** A resource with one of its identities. */
export interface Identified {
  readonly resource: TerraformResource;
  readonly identity: Identity;
  /** The values of the identity's attributes, with references as Terraform writes them. */
  readonly values: readonly string[];
  /** Equal for resources that are one and the same at AWS. */
  readonly key: string;
}

type Place = Readonly<Record<Reach, string>>;

/** Finds the identities of resources. */
export class Identities {
  /** The place of each provider, and of each stack without one; finding a provider is slow. */
  private readonly places = new Map<IConstruct, Place>();

  /** Returns the identities of a construct that is a resource; none when AWS chooses its name, or when it may not exist. */
  of(resource: IConstruct): Identified[] {
    if (!TerraformResource.isTerraformResource(resource)) return [];
    const identity = IDENTITIES[resource.terraformResourceType];
    // A count or for_each may create none, as when one of two alternatives is chosen.
    if (!identity || resource.count !== undefined || resource.forEach !== undefined) return [];
    const attributes = renderedAttributes(resource);
    // Route 53 overwrites such a record on purpose.
    if (attributes["allow_overwrite"] === true) return [];
    const read = (names: readonly string[]) => names.map((name) => resolved(resource, valueAt(attributes, name)));
    const parents = read(identity.parents).map(String);
    const own = read(identity.attributes);
    return (identity.isList ? elementsOf(own[0]) : [own])
      .map((values) => values.map(String))
      .filter((values) => values.some((value) => value !== ""))
      .map((values) => ({ resource, identity, values, key: this.keyOf(resource, identity, [...parents, ...values]) }));
  }

  private keyOf(resource: TerraformResource, identity: Identity, values: readonly string[]): string {
    const texts = identity.ignoresCase ? values.map((value) => value.toLowerCase()) : values;
    // The same reference means a different resource in each stack.
    const stack = texts.some((value) => value.includes("${")) ? resource.cdktfStack.node.path : "";
    const kind = identity.kind ?? resource.terraformResourceType;
    return JSON.stringify([kind, this.placeOf(resource)[identity.reach], stack, ...texts]);
  }

  private placeOf(resource: TerraformResource): Place {
    const key = resource.provider ?? resource.cdktfStack;
    const known = this.places.get(key) ?? createPlace(resource);
    this.places.set(key, known);
    return known;
  }
}

/** Names the place of a resource for each reach. What is not known at synth is the same only for the same provider. */
function createPlace(resource: TerraformResource): Place {
  const { region, accountId } = locationOf(resource, resource.provider);
  const provider = providerOf(resource, resource.provider)?.node.path ?? resource.cdktfStack.node.path;
  const account = accountId ?? provider;
  return {
    partition: partitionOf(region ?? "") ?? "",
    account,
    region: `${account} ${region ?? provider}`,
  };
}

function resolved(resource: TerraformResource, value: unknown = ""): unknown {
  // Most names are literals, and resolving is slow.
  return typeof value === "string" && !isUnresolved(value) ? value : resolveTokens(resource.cdktfStack, value);
}

function elementsOf(list: unknown): unknown[][] {
  return Array.isArray(list) ? list.map((element: unknown) => [element]) : [];
}

/** Returns the attributes as they are written, with the overrides of an escape hatch. */
function renderedAttributes(resource: TerraformResource): Readonly<Record<string, unknown>> {
  const { resource: byType } = resource.toTerraform() as {
    resource: Record<string, Record<string, object>> | undefined;
  };
  return { ...byType?.[resource.terraformResourceType]?.[resource.friendlyUniqueId] };
}

function valueAt(attributes: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => {
    const block: unknown = Array.isArray(value) ? value[0] : value;
    return typeof block === "object" && block !== null ? (block as Record<string, unknown>)[key] : undefined;
  }, attributes);
}
