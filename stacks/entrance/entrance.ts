import { type EnvironmentBehindLoadBalancer } from "../../environments";
import { type AlbNetwork, type AlbWebsocket } from "../../modules/alb-websocket";
import { type MonitoredWaf } from "../../modules/monitoring";
import { type StackOutputs } from "../outputs";
import { type ServiceContext } from "../service-context";

/** How clients reach an environment, as the rest of the stack reads it. */
export interface Entrance {
  /** Scheme and host that clients use; the application gets it too. */
  readonly origin: string;
  /** The web ACL to monitor: `undefined` behind CloudFront, where its metrics are in us-east-1 and not in the stack's region. */
  readonly waf: MonitoredWaf | undefined;
  /** ARNs of the certificates of the stack's region, by name. */
  readonly certificates: Readonly<Record<string, string>>;
  readonly outputs: StackOutputs;
}

/** An entrance that sends requests to targets behind an Application Load Balancer. */
export interface LoadBalancerEntrance extends Entrance {
  readonly alb: AlbWebsocket;
}

export interface EntranceProps extends ServiceContext<EnvironmentBehindLoadBalancer> {
  readonly network: AlbNetwork;
}

/** The environment's settings of an entrance of this kind. */
export type EntranceSettings<Kind extends EnvironmentBehindLoadBalancer["entrance"]["kind"]> = Extract<
  EnvironmentBehindLoadBalancer["entrance"],
  { readonly kind: Kind }
>;
