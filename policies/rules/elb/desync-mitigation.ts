import { attribute } from "../../finders";
import { Rule } from "../../rule";

export const elbDesyncMitigation = new Rule({
  id: "elb-desync-mitigation",
  severity: "error",
  types: ["aws_lb"],
  when: ({ body }) => [undefined, "application"].includes(body["load_balancer_type"] as string | undefined),
  controls: ["ELB.12"],
  reason: "In monitor mode the load balancer forwards ambiguous requests, which allows request smuggling.",
  remedy: "Set desync_mitigation_mode to defensive.",
  find: attribute("desync_mitigation_mode", "defensive or strictest", (value) =>
    [undefined, "defensive", "strictest"].includes(value as string | undefined),
  ),
});
