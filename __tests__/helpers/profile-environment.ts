import { PROFILE_FIELDS } from "../../environments/apply-profile";
import { defineEnvironment } from "../../environments/define-environment";
import { prod } from "../../environments/prod";
import { type EnvironmentOf, type EnvironmentInput, type ProfileName } from "../../environments/schema";

/** Returns prod with a profile and only the fields that no profile fills in. */
export function profileEnvironment(profile: ProfileName): EnvironmentOf<"fargate"> {
  const fromProfile: readonly string[] = PROFILE_FIELDS;
  const given = Object.entries(prod).filter(([field]) => !fromProfile.includes(field));
  return defineEnvironment({ ...Object.fromEntries(given), name: profile, profile } as EnvironmentInput & {
    readonly pattern: "fargate";
  });
}
