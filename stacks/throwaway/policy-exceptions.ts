import { type PolicyException } from "../../policies";

const PLAIN_HTTP =
  "A throwaway environment has no domain, and no certificate can be issued for a load balancer's own name; it holds nothing but test messages.";

/** Returns the policy exceptions of a throwaway environment by the name of its stack. */
export function throwawayExceptions(stack: string): readonly PolicyException[] {
  const on = (rule: string, resource: string): PolicyException => ({
    rule,
    resource: `${stack}/${resource}`,
    tier: "development",
    reason: PLAIN_HTTP,
  });
  return [on("elb-https", "alb/http-listener"), on("vpc-internet-ingress", "alb/ingress-http-0-0-0-0-0")];
}
