import { defineEnvironment } from "../../environments/define-environment";
import { type Environment } from "../../environments/schema";
import { prod } from "../../environments/prod";
import { type ProfileName } from "../../environments/schema";

/** Production of a size: what every environment has to say of itself, one word for its size, and nothing more. */
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
