export const EGRESS_KINDS = ["single-nat-gateway", "nat-gateway-per-zone", "public-ip", "vpc-endpoints"] as const;

/** How tasks reach what is outside the VPC; the README has the price and the blast radius of each. */
export type Egress = (typeof EGRESS_KINDS)[number];

/** AWS services that a Fargate task must reach when there is no way out of the VPC: image pull, logs, secrets. */
export const ISOLATED_EGRESS_SERVICES = ["ecr.api", "ecr.dkr", "logs", "secretsmanager"] as const;
