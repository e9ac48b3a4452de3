import { type ITerraformDependable } from "cdktf";
import { type Transport } from "./alb-service-props";

/** What an ECS service, an Auto Scaling group or an alarm needs to know about its target group. */
export interface ServiceTarget {
  readonly targetGroupArn: string;
  /** Value of the CloudWatch dimension `TargetGroup`. */
  readonly targetGroupArnSuffix: string;
  /** Value of the CloudWatch dimension `LoadBalancer`. */
  readonly loadBalancerArnSuffix: string;
  /** The construct that attaches tasks adds the rules between this group and the tasks' port. */
  readonly loadBalancerSecurityGroupId: string;
  readonly containerPort: number;
  readonly targetType: "ip" | "instance";
  readonly deregistrationDelaySec: number;
  /** Seconds until a started target counts as healthy. */
  readonly healthySec: number;
  readonly transports: readonly Transport[];
  /** Must exist before ECS uses the target group: ECS refuses one that no listener uses. */
  readonly dependencies: readonly ITerraformDependable[];
}
