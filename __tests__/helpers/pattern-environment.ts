import { defineEnvironment } from "../../environments/define-environment";
import { prod } from "../../environments/prod";
import { type Environment } from "../../environments/schema";

/** The patterns beside Fargate, which dev and prod have. */
export const PATTERNS = ["app-runner"] as const;

/** Returns the profile `small` on another pattern, for development: with prod's account, zones and database in two zones. */
export function patternEnvironment(pattern: (typeof PATTERNS)[number]): Environment {
  const { accountId, region, availabilityZones, cidrBlock, state, release, alarms } = prod;
  return defineEnvironment({
    name: "apprunner",
    tier: "development",
    pattern,
    profile: "small",
    accountId,
    region,
    availabilityZones,
    cidrBlock,
    state,
    release,
    alarms,
    entrance: { kind: "custom-domain", domainName: "crm.example.com" },
    disposable: true,
    // The instance reaches the database only; App Runner itself pulls the image, reads the secrets and writes the logs.
    egress: "vpc-endpoints",
  });
}
