import { type LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { type Construct } from "constructs";
import { type Heartbeat } from "../core/heartbeat";
import { type RequiredHeader } from "./props";
import { type Route } from "./routing";

/** A service that is registered with the load balancer. */
export interface RegisteredService {
  readonly route: Route;
  /** Priority of its listener rule; `undefined` where the service takes the listener's default action. */
  readonly priority: number | undefined;
}

/** What a service needs to know about its load balancer. */
export interface ServiceContext {
  /** The load balancer's construct, which listener rules are children of. */
  readonly scope: Construct;
  /** Stem of all physical names. */
  readonly name: string;
  readonly vpcId: string;
  /** Whether the load balancer is internal; changing it creates another load balancer. */
  readonly internal: boolean;
  readonly listener: LbListener;
  readonly loadBalancerArnSuffix: string;
  readonly securityGroupId: string;
  readonly heartbeat: Heartbeat;
  readonly idleTimeoutSec: number;
  /** Header that every request must carry. */
  readonly requiredHeader: RequiredHeader | undefined;
  /** Services added before this one. */
  readonly otherServices: readonly RegisteredService[];
}
