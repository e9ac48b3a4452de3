import { PROFILE_FIELDS } from "../../environments/apply-profile";
import { defineEnvironment } from "../../environments/define-environment";
import { prod } from "../../environments/prod";
import { type Environment, type EnvironmentInput } from "../../environments/schema";
import { patternEnvironment } from "./pattern-environment";
import { profileEnvironment } from "./profile-environment";

/** The environments that `make compare` compares: the profile `small` on each pattern, by its word. */
export const COMPARED = {
  fargate: profileEnvironment("small"),
  ec2: smallOnEc2(),
  "app-runner": patternEnvironment("app-runner"),
} as const satisfies Partial<Record<Environment["pattern"], Environment>>;

/** Returns prod on EC2, with the profile `small` and only the fields that no profile fills in. */
function smallOnEc2(): Environment {
  const fromProfile: readonly string[] = PROFILE_FIELDS;
  const given = Object.entries(prod).filter(([field]) => !fromProfile.includes(field));
  const fields = { ...Object.fromEntries(given), name: "small", pattern: "ec2", profile: "small" };
  return defineEnvironment(fields as EnvironmentInput & { readonly pattern: "ec2" });
}
