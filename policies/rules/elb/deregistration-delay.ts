import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { numberOf } from "../../template-text";

export const elbDeregistrationDelay = new Rule({
  id: "elb-deregistration-delay",
  severity: "error",
  types: ["aws_lb_target_group"],
  controls: [],
  reason: "One open socket holds every step of a deploy for the whole delay, and the default is 300 s.",
  remedy: "Set deregistration_delay to the longest request in flight.",
  find: attribute("deregistration_delay", "a delay set on purpose", (value) => numberOf(value) !== undefined),
});
