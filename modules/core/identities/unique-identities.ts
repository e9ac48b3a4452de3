import { type TerraformResource, TerraformStack } from "cdktf";
import { type IConstruct } from "constructs";
import { ConfigurationError } from "../configuration-error";
import { type Problem } from "../problem";
import { type Identified, Identities } from "./identified";

/** Two resources with one identity, the second as it appears in the construct tree. */
interface Clash {
  readonly first: Identified;
  readonly second: Identified;
}

/** Resources that a message lists before it counts the rest. */
const MAX_LISTED = 8;

/** Constructs of this library. */
const owners = new WeakSet<IConstruct>();
const guarded = new WeakSet<TerraformStack>();
/** The stacks of an app that the current synth has covered. */
const covered = new WeakMap<IConstruct, Set<TerraformStack>>();

/**
 * Refuses, when the app is synthesized, two resources that are one and the same at AWS, such as two databases with one identifier.
 * Compares all resources that the app's stacks create in one account, also those that do not belong to this library.
 *
 * @param owner construct of this library, which a problem names instead of its resources
 */
export function requireUniqueIdentities(owner: IConstruct): void {
  owners.add(owner);
  const stack = owner.node.scopes.find((scope) => TerraformStack.isStack(scope));
  if (!stack || guarded.has(stack)) return;
  guarded.add(stack);
  stack.node.addValidation({ validate: () => validate(stack) });
}

/**
 * Compares all stacks in the validation of the first one, because cdktf writes a stack before it validates the next. The same stack
 * appears again only in a later synth.
 */
function validate(stack: TerraformStack): string[] {
  const { root } = stack.node;
  const seen = covered.get(root);
  if (seen && !seen.has(stack)) {
    seen.add(stack);
    return [];
  }
  covered.set(root, new Set([stack]));
  const identities = new Identities();
  const clashes = clashesOf(root.node.findAll().flatMap((construct) => identities.of(construct)));
  if (clashes.length > 0) throw new ConfigurationError(stack.node.path, byOwners(clashes).map(problemOf));
  return [];
}

function clashesOf(all: readonly Identified[]): Clash[] {
  const byKey = new Map<string, Identified>();
  return all.flatMap((second) => {
    const first = byKey.get(second.key);
    if (first) return [{ first, second }];
    byKey.set(second.key, second);
    return [];
  });
}

/** Groups the clashes of each two constructs. */
function byOwners(clashes: readonly Clash[]): (readonly Clash[])[] {
  const groups = new Map<string, Clash[]>();
  for (const clash of clashes) {
    const key = JSON.stringify([pathOf(clash.first), pathOf(clash.second)]);
    groups.set(key, [...(groups.get(key) ?? []), clash]);
  }
  return [...groups.values()];
}

function problemOf(clashes: readonly Clash[]): Problem {
  const [{ first, second }] = clashes as readonly [Clash];
  const listed = clashes.slice(0, MAX_LISTED).map((clash) => describe(clash.second));
  const more = clashes.length - listed.length;
  const prop = propOf(clashes);
  return {
    code: "core/identity-taken",
    path: pathOf(second),
    prop,
    expected: "resources that are unique at AWS",
    got: `those of ${pathOf(first)}: ${listed.join(", ")}${more > 0 ? ` and ${more} more` : ""}`,
    remedy: `Change ${prop} of one of the two: AWS refuses the second one during the apply, or takes it for the first.`,
  };
}

/** Returns the prop to change: a construct's name, if any of its resources is named after it. */
function propOf(clashes: readonly Clash[]): string {
  const [{ second }] = clashes as readonly [Clash];
  if (ownerOf(second.resource) === second.resource) return second.identity.attributes[0]!;
  const props = clashes.flatMap(({ second: { identity } }) => identity.prop ?? []);
  return props.find((prop) => prop !== "name" && !props.includes("name")) ?? "name";
}

/** The nearest construct of this library, or the resource itself. */
function ownerOf(resource: TerraformResource): IConstruct {
  return resource.node.scopes.findLast((scope) => owners.has(scope)) ?? resource;
}

function pathOf({ resource }: Identified): string {
  return ownerOf(resource).node.path;
}

/** `aws_db_instance crm-db`; a reference says nothing to a reader. */
function describe({ resource, values }: Identified): string {
  const literals = values.filter((value) => value !== "" && !value.includes("${"));
  return [resource.terraformResourceType, ...literals].join(" ");
}
