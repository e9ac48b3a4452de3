import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { numberOf } from "../../template-text";

/** Defaults of Socket.IO 4: pingInterval 25 s, pingTimeout 20 s. Source: Socket.IO documentation, server options. */
const LONGEST_SILENCE_SEC = 45;

export const elbIdleTimeout = new Rule({
  id: "elb-idle-timeout",
  severity: "error",
  types: ["aws_lb"],
  when: ({ body }) => [undefined, "application"].includes(body["load_balancer_type"] as string | undefined),
  controls: [],
  reason:
    "A healthy Socket.IO connection may be silent for 45 s (pingInterval 25 s + pingTimeout 20 s); a shorter idle timeout closes it.",
  remedy: "Set idle_timeout above the sum of the ping interval and the ping timeout.",
  find: attribute(
    "idle_timeout",
    "more than 45 seconds",
    (value) => value === undefined || (numberOf(value) ?? 0) > LONGEST_SILENCE_SEC,
  ),
});
