import { type ITerraformDependable } from "cdktf";
import { type Transport } from "./alb-service-props";

/** What an ECS service, an Auto Scaling group or an alarm needs of a place behind the load balancer. */
export interface ServiceTarget {
  readonly targetGroupArn: string;
  /** For CloudWatch's dimension `TargetGroup`. */
  readonly targetGroupArnSuffix: string;
  /** For CloudWatch's dimension `LoadBalancer`. */
  readonly loadBalancerArnSuffix: string;
  /** Whoever attaches tasks opens their port to this group, and this group's way out to the tasks. */
  readonly loadBalancerSecurityGroupId: string;
  readonly containerPort: number;
  readonly deregistrationDelaySec: number;
  /** Seconds that a started target needs until it is healthy. */
  readonly healthySec: number;
  readonly transports: readonly Transport[];
  /** Have to exist before ECS takes the target group: it refuses one that no listener uses. */
  readonly dependencies: readonly ITerraformDependable[];
}
