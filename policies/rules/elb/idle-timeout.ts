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
    "Socket.IO is silent for up to 25 s + 20 s (its pingInterval and pingTimeout): a shorter timeout cuts healthy sockets.",
  remedy: "Set idle_timeout above the sum of ping interval and ping timeout.",
  find: attribute(
    "idle_timeout",
    "more than 45 seconds",
    (value) => value === undefined || (numberOf(value) ?? 0) > LONGEST_SILENCE_SEC,
  ),
});
