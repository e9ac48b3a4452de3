import { fieldsOfProfile, profiles } from "./profiles";
import { type Pattern, type ProfileFields, type ProfileName } from "./schema";

type Fields = Readonly<Record<string, unknown>>;
type ProfileField = keyof ProfileFields<"fargate">;

/**
 * The discriminator of each part that has several forms, and its default. When an environment chooses another form than the profile,
 * none of the profile's fields apply to that part.
 */
const DISCRIMINATORS: Partial<Record<ProfileField, { readonly field: string; readonly default: string }>> = {
  database: { field: "engine", default: "postgres" },
  cache: { field: "kind", default: "replication-group" },
};

export const PROFILE_FIELDS = Object.keys(profiles.small) as ProfileField[];

/** Fields of a profile that a pattern does not have, or has in another form. */
const NOT_OF_PATTERN: Partial<Record<Pattern, readonly ProfileField[]>> = { "app-runner": ["cache", "service"] };

/** Returns whether a profile of this name exists. */
export function isProfile(name: unknown): name is ProfileName {
  return typeof name === "string" && Object.hasOwn(profiles, name);
}

/** Fills in the fields that the data leave out, from the profile that the data name. */
export function applyProfile(data: Fields): Fields {
  const { profile } = data;
  if (!isProfile(profile)) return data;
  const without = NOT_OF_PATTERN[data["pattern"] as Pattern] ?? [];
  const filled = fieldsOfProfile(profile, data["pattern"]);
  const fields = PROFILE_FIELDS.filter((field) => !without.includes(field)).map(
    (field) => [field, merge(field, filled[field], data[field])] as const,
  );
  return { ...data, ...Object.fromEntries(fields) };
}

function merge(field: ProfileField, fromProfile: unknown, given: unknown): unknown {
  if (given === undefined) return fromProfile;
  if (!isPart(fromProfile) || !isPart(given)) return given;
  const form = DISCRIMINATORS[field];
  const isOtherForm =
    form && given[form.field] !== undefined && given[form.field] !== (fromProfile[form.field] ?? form.default);
  return isOtherForm ? given : { ...fromProfile, ...given };
}

function isPart(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}
