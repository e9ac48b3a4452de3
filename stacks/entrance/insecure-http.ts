import { type EntranceProps, type LoadBalancerEntrance } from "./entrance";
import { createLoadBalancer, createLogBucket, loadBalancerOutputs } from "./load-balancer";
import { createRegionalWaf } from "./waf";

/** Creates plain HTTP at the load balancer's own name, for development without a domain. */
export function insecureHttpEntrance(props: EntranceProps): LoadBalancerEntrance {
  const alb = createLoadBalancer(props, createLogBucket(props), { allowInsecureHttp: true });
  return {
    alb,
    origin: `http://${alb.dnsName}`,
    waf: createRegionalWaf(props, alb),
    certificates: {},
    outputs: loadBalancerOutputs(alb),
  };
}
