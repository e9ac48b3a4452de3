import { defineEnvironment } from "../../environments/define-environment";
import { type Environment } from "../../environments/schema";
import { prod } from "../../environments/prod";
import { type ProfileName } from "../../environments/schema";

/** Returns prod with a profile and only the fields that no profile fills in. */
export function profileEnvironment(profile: ProfileName): Environment {
  const {
    tier,
    pattern,
    accountId,
    region,
    availabilityZones,
    cidrBlock,
    state,
    release,
    entrance,
    disposable,
    alarms,
  } = prod;
  const place = {
    tier,
    pattern,
    accountId,
    region,
    availabilityZones,
    cidrBlock,
    state,
    release,
    entrance,
    disposable,
    alarms,
  };
  return defineEnvironment({ ...place, name: profile, profile });
}
