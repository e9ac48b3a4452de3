import { type PolicyException } from "../policies";

const CHEAP_EGRESS =
  "Development has no NAT gateway ($45 a month): tasks fetch images through public addresses, and their security group admits only the load balancer.";
const PLAIN_HTTP =
  "Development has no domain, and no certificate can be issued for a load balancer's own name; it holds no customer data.";

/** The policy exceptions of the stacks in main.ts. An exception that no resource needs any more fails the synth. */
export const policyExceptions: readonly PolicyException[] = [
  {
    rule: "ecs-no-public-ip",
    resource: "messenger-crm-dev/service/service",
    tier: "development",
    reason: CHEAP_EGRESS,
  },
  { rule: "elb-https", resource: "messenger-crm-dev/alb/http-listener", tier: "development", reason: PLAIN_HTTP },
  {
    rule: "vpc-internet-ingress",
    resource: "messenger-crm-dev/alb/ingress-http-0-0-0-0-0",
    tier: "development",
    reason: PLAIN_HTTP,
  },
];

const FIRST_STEPS = "The smallest example that runs, for a first look; it has no domain.";

/** The policy exceptions of the examples, by example; tests enforce the policies on them. */
export const exampleExceptions: Readonly<Record<string, readonly PolicyException[]>> = {
  minimal: [
    { rule: "elb-https", resource: "minimal/alb/http-listener", tier: "development", reason: FIRST_STEPS },
    {
      rule: "vpc-internet-ingress",
      resource: "minimal/alb/ingress-http-0-0-0-0-0",
      tier: "development",
      reason: FIRST_STEPS,
    },
  ],
  complete: [
    {
      rule: "ecs-two-tasks",
      resource: "complete/api/service",
      tier: "production",
      reason:
        "It shows a service of one task without sockets, which needs no fan-out, behind the same load balancer; clients retry.",
    },
  ],
};
