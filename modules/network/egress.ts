/** How tasks reach what is outside the VPC, and by what: the README has the price and the blast radius of each. */
const KINDS = {
  "single-nat-gateway": { nat: "gateway", everyZone: false },
  "nat-gateway-per-zone": { nat: "gateway", everyZone: true },
  "public-ip": { nat: "none", everyZone: false },
  "vpc-endpoints": { nat: "none", everyZone: false },
  "single-nat-instance": { nat: "instance", everyZone: false },
  "nat-instance-per-zone": { nat: "instance", everyZone: true },
} as const;

export type Egress = keyof typeof KINDS;

export const EGRESS_KINDS = Object.keys(KINDS) as readonly Egress[];

/** What translates addresses, and in which of the zones. */
export interface NatPlan {
  readonly nat: "gateway" | "instance" | "none";
  readonly zones: readonly string[];
}

export function natPlan(egress: Egress, availabilityZones: readonly string[]): NatPlan {
  const { nat, everyZone } = KINDS[egress];
  if (nat === "none") return { nat, zones: [] };
  // The first by name, not by position: reordering the zones moves nothing.
  return { nat, zones: everyZone ? availabilityZones : [...availabilityZones].sort().slice(0, 1) };
}

/** AWS services that a Fargate task must reach when there is no way out of the VPC: image pull, logs, secrets. */
export const ISOLATED_EGRESS_SERVICES = ["ecr.api", "ecr.dkr", "logs", "secretsmanager"] as const;
