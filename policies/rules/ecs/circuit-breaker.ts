import { all, attribute } from "../../finders";
import { Rule } from "../../rule";
import { isOn } from "../../template-text";

export const ecsCircuitBreaker = new Rule({
  id: "ecs-circuit-breaker",
  severity: "error",
  types: ["aws_ecs_service"],
  when: ({ body }) => body["scheduling_strategy"] !== "DAEMON",
  controls: [],
  reason: "Without the circuit breaker, ECS keeps starting tasks of a broken release and never rolls back.",
  remedy: "Set enable and rollback in deployment_circuit_breaker to true.",
  find: all(
    attribute("deployment_circuit_breaker.enable", "true", isOn),
    attribute("deployment_circuit_breaker.rollback", "true", isOn),
  ),
});
