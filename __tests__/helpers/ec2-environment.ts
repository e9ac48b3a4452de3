import { defineEnvironment } from "../../environments/define-environment";
import { prod } from "../../environments/prod";
import { type EnvironmentOf } from "../../environments/schema";

/** Returns the profile `small` on EC2, for development, with Spot and at the lowest price. */
export function ec2Environment(service: Partial<EnvironmentOf<"ec2">["service"]> = {}): EnvironmentOf<"ec2"> {
  const { accountId, region, availabilityZones, cidrBlock, state, release, alarms, database, entrance } = prod;
  return defineEnvironment({
    name: "instances",
    tier: "development",
    pattern: "ec2",
    profile: "small",
    accountId,
    region,
    availabilityZones: availabilityZones.slice(0, 2),
    cidrBlock,
    state,
    release,
    alarms,
    database: { ...database, multiAz: false },
    entrance,
    disposable: true,
    egress: "single-nat-instance",
    service: { spot: true, ...service },
  });
}
