import { type Environment, type ProfileFields } from "./environment";
import { PROFILE_NAMES, type ProfileName, profiles } from "./profiles";

/** The field of a part that decides which others it has: with another value of it, nothing of the profile's part fits. */
const FORM: Partial<Record<keyof ProfileFields, { readonly field: string; readonly usual: string }>> = {
  database: { field: "engine", usual: "postgres" },
  cache: { field: "kind", usual: "replication-group" },
};

export const PROFILE_FIELDS = Object.keys(profiles.small) as (keyof ProfileFields)[];

/** Whether there is a profile of that name. */
export function isProfile(name: unknown): name is ProfileName {
  return PROFILE_NAMES.some((known) => known === name);
}

/** What was read of an environment, with what it does not say taken from its profile. */
export function withProfile(given: Partial<Environment>): Partial<Environment> {
  if (!isProfile(given.profile)) return given;
  const profile = profiles[given.profile];
  const fields = PROFILE_FIELDS.map((field) => [field, merged(field, profile[field], given[field])] as const);
  return Object.freeze({ ...given, ...Object.fromEntries(fields) });
}

function merged(field: keyof ProfileFields, usual: unknown, given: unknown): unknown {
  if (!isPart(usual)) return given ?? usual;
  // A copy: what somebody does to an environment must not reach the next one of the same profile.
  if (given === undefined) return Object.freeze({ ...usual });
  if (!isPart(given)) return given;
  const form = FORM[field];
  const other = form && given[form.field] !== undefined && given[form.field] !== (usual[form.field] ?? form.usual);
  return other ? given : Object.freeze({ ...usual, ...given });
}

function isPart(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
