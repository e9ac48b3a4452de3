import { type Block, type TerraformJson } from "../template";

/** Returns every resource by its address. */
export function addressed(json: TerraformJson): ReadonlyMap<string, Block> {
  return new Map(
    Object.entries(json.resource ?? {}).flatMap(([type, blocks]) =>
      Object.entries(blocks).map(([name, block]) => [`${type}.${name}`, block] as const),
    ),
  );
}

/** Returns the addresses that a resource refers to, in `depends_on` and `lifecycle`, too. */
export function referencesOf(block: Block): ReadonlySet<string> {
  const withoutMetadata = JSON.stringify({ ...block, "//": undefined });
  return new Set(withoutMetadata.match(/\b(?:aws|terraform)_[a-z0-9_]+\.[A-Za-z0-9_-]+/g) ?? []);
}
