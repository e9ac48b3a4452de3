import { createDns, nameServerOutputs } from "./dns";
import { type EntranceProps, type EntranceSettings, type LoadBalancerEntrance } from "./entrance";
import { createLoadBalancer, createLogBucket, loadBalancerOutputs } from "./load-balancer";
import { createRegionalWaf } from "./waf";

/** Creates HTTPS at the load balancer, with the certificate from ACM and the DNS records in Route 53. */
export function route53Entrance(props: EntranceProps, settings: EntranceSettings<"route53">): LoadBalancerEntrance {
  const dns = createDns(props, settings);
  const alb = createLoadBalancer(props, createLogBucket(props), { certificateArn: dns.certificateArn });
  dns.addAlias("site", { target: alb });
  return {
    alb,
    origin: `https://${dns.domainName}`,
    waf: createRegionalWaf(props, alb),
    certificates: { site: dns.certificateArn },
    outputs: { ...loadBalancerOutputs(alb), ...nameServerOutputs(dns) },
  };
}
