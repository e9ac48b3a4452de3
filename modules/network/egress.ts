/** How tasks reach hosts outside the VPC. The README lists the price and the blast radius of each. */
const NAT_BY_EGRESS = {
  "single-nat-gateway": { nat: "gateway", everyZone: false },
  "nat-gateway-per-zone": { nat: "gateway", everyZone: true },
  "public-ip": { nat: "none", everyZone: false },
  "vpc-endpoints": { nat: "none", everyZone: false },
  "single-nat-instance": { nat: "instance", everyZone: false },
  "nat-instance-per-zone": { nat: "instance", everyZone: true },
} as const;

export type Egress = keyof typeof NAT_BY_EGRESS;

export const EGRESS_KINDS = Object.keys(NAT_BY_EGRESS) as readonly Egress[];

/** What translates addresses, and in which zones. */
export interface NatPlan {
  readonly nat: "gateway" | "instance" | "none";
  readonly zones: readonly string[];
}

/** Decides what translates addresses for an egress, and in which zones. */
export function natPlan(egress: Egress, availabilityZones: readonly string[]): NatPlan {
  const { nat, everyZone } = NAT_BY_EGRESS[egress];
  if (nat === "none") return { nat, zones: [] };
  // The first zone by name, so that reordering the zones moves nothing.
  return { nat, zones: everyZone ? availabilityZones : [...availabilityZones].sort().slice(0, 1) };
}

/** AWS services that a Fargate task must reach when the VPC has no egress: image pull, logs, secrets. */
export const ISOLATED_EGRESS_SERVICES = ["ecr.api", "ecr.dkr", "logs", "secretsmanager"] as const;
