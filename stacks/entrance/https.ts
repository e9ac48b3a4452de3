import { type EntranceProps, type EntranceSettings, type LoadBalancerEntrance } from "./entrance";
import { createLoadBalancer, createLogBucket, loadBalancerOutputs } from "./load-balancer";
import { createRegionalWaf } from "./waf";

/** Creates HTTPS at the load balancer, with a certificate and a DNS record that are managed elsewhere. */
export function httpsEntrance(
  props: EntranceProps,
  { domainName, certificateArn }: EntranceSettings<"https">,
): LoadBalancerEntrance {
  const alb = createLoadBalancer(props, createLogBucket(props), { certificateArn });
  return {
    alb,
    origin: `https://${domainName}`,
    waf: createRegionalWaf(props, alb),
    certificates: { site: certificateArn },
    outputs: loadBalancerOutputs(alb),
  };
}
