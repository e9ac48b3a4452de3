import { attribute } from "../../finders";
import { type Configuration } from "../../configuration";
import { type Resource } from "../../resource";
import { Rule } from "../../rule";
import { scalingTargetsOf } from "../../scaling";
import { isOn, numberOf } from "../../template-text";

/** A target group that only one task serves needs no stickiness. */
function servesTwoOrMore(group: Resource, configuration: Configuration): boolean {
  return configuration
    .resources("aws_ecs_service")
    .filter((service) =>
      (service.blocks("load_balancer") ?? []).some(({ target_group_arn: arn }) => configuration.mayPointAt(arn, group)),
    )
    .some(
      (service) =>
        scalingTargetsOf(service, configuration).length > 0 || (numberOf(service.value("desired_count")) ?? 1) > 1,
    );
}

export const elbStickiness = new Rule({
  id: "elb-stickiness",
  severity: "warning",
  types: ["aws_lb_target_group"],
  when: servesTwoOrMore,
  controls: [],
  reason:
    'Long-polling requests of one connection that reach different tasks fail with 400 "Session ID unknown". Source: Socket.IO documentation, "Using multiple nodes".',
  remedy: "Enable stickiness, unless every client uses only the websocket transport.",
  find: attribute("stickiness.enabled", "true while clients may use long-polling", isOn),
});
