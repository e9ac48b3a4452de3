import { createHash } from "node:crypto";

export interface PhysicalNameRules {
  /** Longest name that AWS accepts for this kind of resource, in characters. */
  readonly maxLength: number;
  /**
   * Separates the parts.
   * @default "-"
   */
  readonly separator?: string | undefined;
}

const HASH_LENGTH = 8;

/**
 * Makes a physical name: joins the parts in lower case and keeps letters, digits and the separator. Where that loses characters,
 * the name ends in a hash of all parts, so that two different inputs never share a name.
 *
 * @param parts literals, for example `["messenger-crm-prod", "alb"]`
 */
export function physicalName(parts: readonly string[], rules: PhysicalNameRules): string {
  const separator = rules.separator ?? "-";
  // JSON keeps ["a-b", "c"] and ["a", "b-c"] apart in the hash.
  const whole = JSON.stringify(parts);
  const joined = parts.join(separator);
  const clean = joined
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, separator)
    .replace(new RegExp(`^[${separator}0-9]+|[${separator}]+$`, "g"), "");
  if (clean !== "" && clean === joined && clean.length <= rules.maxLength) return clean;
  const hash = createHash("sha256").update(whole).digest("hex").slice(0, HASH_LENGTH);
  const room = rules.maxLength - HASH_LENGTH - separator.length;
  const head = clean.slice(0, room).replace(new RegExp(`[${separator}]+$`), "");
  // A name has to begin with a letter, and nothing but the hash is left of "42" or "名前".
  return head === "" ? `n${hash}`.slice(0, rules.maxLength) : `${head}${separator}${hash}`;
}

/** Form of a construct's `name` prop, the stem of all its physical names. */
export const BASE_NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
export const BASE_NAME_MAX_LENGTH = 40;
