import { cloudfrontEntrance } from "./cloudfront";
import { type EntranceProps, type LoadBalancerEntrance } from "./entrance";
import { httpsEntrance } from "./https";
import { insecureHttpEntrance } from "./insecure-http";
import { route53Entrance } from "./route53";

export { type Entrance, type LoadBalancerEntrance } from "./entrance";

/**
 * Creates the environment's entrance.
 * @throws ConfigurationError from the first construct that refuses its props
 */
export function createLoadBalancerEntrance(props: EntranceProps): LoadBalancerEntrance {
  const { entrance } = props.environment;
  switch (entrance.kind) {
    case "https":
      return httpsEntrance(props, entrance);
    case "route53":
      return route53Entrance(props, entrance);
    case "cloudfront":
      return cloudfrontEntrance(props, entrance);
    case "insecure-http":
      return insecureHttpEntrance(props);
  }
}
