import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { numberOf } from "../../template-text";

export const elbDeregistrationDelay = new Rule({
  id: "elb-deregistration-delay",
  severity: "error",
  types: ["aws_lb_target_group"],
  controls: [],
  reason:
    "One open connection delays every step of a deployment by the whole deregistration delay, which is 300 s by default.",
  remedy: "Set deregistration_delay to the seconds that the longest request takes.",
  find: attribute("deregistration_delay", "an explicit delay in seconds", (value) => numberOf(value) !== undefined),
});
