import { type AppliedResources } from "../../terraform/applied-resources";
import { type Attributes } from "../../terraform/attributes";
import { TwinError } from "../errors";
import { type LoadBalancer, type Stickiness, type TargetGroup } from "./topology";

const XFF_MODES = ["append", "preserve", "remove"] as const;
const ALGORITHMS = ["round_robin", "least_outstanding_requests", "weighted_random"] as const;
const PROTOCOLS = ["HTTP", "HTTPS"] as const;

/** Reads the load balancer whose listener forwards to the target group. */
export function readLoadBalancer(resources: AppliedResources, targetGroupArn: string): LoadBalancer {
  const listener = forwardingListener(resources, targetGroupArn);
  const balancer = resources.by("aws_lb", "arn", listener.text("load_balancer_arn"));
  return {
    dnsName: balancer.text("dns_name"),
    protocol: listener.oneOf("protocol", PROTOCOLS),
    port: listener.number("port"),
    idleTimeoutSec: balancer.number("idle_timeout"),
    clientKeepAliveSec: balancer.number("client_keep_alive"),
    xffHeaderProcessingMode: balancer.oneOf("xff_header_processing_mode", XFF_MODES),
  };
}

/** Finds the listener that forwards by its default action or by one of its rules. */
function forwardingListener(resources: AppliedResources, targetGroupArn: string): Attributes {
  const listeners = resources.all("aws_lb_listener");
  const direct = listeners.find((listener) => forwardsTo(listener.blocks("default_action"), targetGroupArn));
  if (direct) return direct;
  const rule = resources
    .all("aws_lb_listener_rule")
    .find((candidate) => forwardsTo(candidate.blocks("action"), targetGroupArn));
  if (rule) return resources.by("aws_lb_listener", "arn", rule.text("listener_arn"));
  throw new TwinError(`aws_lb_listener: expected one that forwards to ${targetGroupArn}, found none.`);
}

function forwardsTo(actions: readonly Attributes[], targetGroupArn: string): boolean {
  return actions.some((action) => {
    const weighted = action.blocks("forward").flatMap((forward) => forward.blocks("target_group"));
    const arns = [action.optionalText("target_group_arn"), ...weighted.map((group) => group.optionalText("arn"))];
    return arns.includes(targetGroupArn);
  });
}

export function readTargetGroup(resources: AppliedResources, arn: string): TargetGroup {
  const group = resources.by("aws_lb_target_group", "arn", arn);
  const check = group.block("health_check");
  return {
    deregistrationDelaySec: group.number("deregistration_delay"),
    algorithm: group.oneOf("load_balancing_algorithm_type", ALGORITHMS),
    slowStartSec: group.number("slow_start"),
    stickiness: readStickiness(group.block("stickiness")),
    healthCheck: {
      path: check.text("path"),
      intervalSec: check.number("interval"),
      timeoutSec: check.number("timeout"),
      healthyThreshold: check.number("healthy_threshold"),
      unhealthyThreshold: check.number("unhealthy_threshold"),
      matcher: check.text("matcher"),
    },
  };
}

function readStickiness(block: Attributes): Stickiness {
  if (!block.flag("enabled")) return { kind: "off" };
  const durationSec = block.number("cookie_duration");
  return block.oneOf("type", ["lb_cookie", "app_cookie"]) === "lb_cookie"
    ? { kind: "lb_cookie", durationSec }
    : { kind: "app_cookie", durationSec, cookieName: block.text("cookie_name") };
}
