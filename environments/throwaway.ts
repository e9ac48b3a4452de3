import { defineEnvironment } from "./define-environment";
import { type Environment } from "./schema";

/** Where a throwaway environment is, and under which name. */
export interface ThrowawayPlace {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly availabilityZones: readonly string[];
}

/**
 * Returns an environment of the profile `small` that may be destroyed with everything in it. It has no domain, because nobody has one to
 * spare, and no address that an alarm would write to. Its network is never connected to another one.
 * @throws ConfigurationError for a name or a zone that an environment cannot have
 */
export function throwawayEnvironment({ availabilityZones, ...place }: ThrowawayPlace): Environment {
  return defineEnvironment({
    ...place,
    availabilityZones: [...availabilityZones],
    tier: "development",
    profile: "small",
    cidrBlock: "10.199.0.0/16",
    // Never used: the state is a local file. Every environment has to name a bucket.
    state: { bucket: "throwaway-has-local-state" },
    release: "0.1.0",
    entrance: { kind: "insecure-http" },
    disposable: true,
    alarms: { emails: [] },
  });
}
