import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { isOn } from "../../template-text";

export const elbDropInvalidHeaders = new Rule({
  id: "elb-drop-invalid-headers",
  severity: "error",
  types: ["aws_lb"],
  when: ({ body }) => [undefined, "application"].includes(body["load_balancer_type"] as string | undefined),
  controls: ["ELB.4"],
  reason: "Header fields that violate RFC 7230 are used for request smuggling.",
  remedy: "Set drop_invalid_header_fields to true.",
  find: attribute("drop_invalid_header_fields", "true", isOn),
});
