import { profiles } from "./profiles";
import { type ProfileFields, type ProfileName } from "./schema";

type Fields = Readonly<Record<string, unknown>>;

/**
 * The field that decides the form of a part. With another form, nothing of the profile's part fits.
 * `usual` is the form of a part that does not state one.
 */
const FORM: Partial<Record<keyof ProfileFields, { readonly field: string; readonly usual: string }>> = {
  database: { field: "engine", usual: "postgres" },
  cache: { field: "kind", usual: "replication-group" },
};

export const PROFILE_FIELDS = Object.keys(profiles.small) as (keyof ProfileFields)[];

/** Whether a profile of this name exists. */
export function isProfile(name: unknown): name is ProfileName {
  return typeof name === "string" && Object.hasOwn(profiles, name);
}

/** Fills in what the data leave out from the profile that they name. */
export function applyProfile(data: Fields): Fields {
  const { profile } = data;
  if (!isProfile(profile)) return data;
  const fields = PROFILE_FIELDS.map((field) => [field, merge(field, profiles[profile][field], data[field])] as const);
  return { ...data, ...Object.fromEntries(fields) };
}

function merge(field: keyof ProfileFields, usual: unknown, given: unknown): unknown {
  if (given === undefined) return usual;
  if (!isPart(usual) || !isPart(given)) return given;
  const form = FORM[field];
  const isOtherForm =
    form && given[form.field] !== undefined && given[form.field] !== (usual[form.field] ?? form.usual);
  return isOtherForm ? given : { ...usual, ...given };
}

function isPart(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}
