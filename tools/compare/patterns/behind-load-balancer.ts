import { type Plan } from "../../terraform/plan";
import { block, number, type Values } from "../../terraform/values";

/** Target tracking adds tasks or instances after three breaching minutes. Source: Application Auto Scaling user guide, target tracking. */
export const ALARM_SEC = 180;

/** Returns the seconds that the load balancer takes to find a new target healthy, and to let the connections of an old one go. */
export function targetTimes(plan: Plan): { readonly healthySec: number; readonly deregistrationSec: number } {
  const values: Values = plan.ofType("aws_lb_target_group")[0]?.values ?? {};
  const check = block(values, "health_check");
  return {
    healthySec: (number(check, "interval") ?? 0) * (number(check, "healthy_threshold") ?? 0),
    deregistrationSec: Number(values["deregistration_delay"] ?? 0),
  };
}

/** Rounds seconds up to minutes. */
export function minutes(seconds: number): number {
  return Math.ceil(seconds / 60);
}
