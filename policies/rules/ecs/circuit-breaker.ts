import { all, attribute } from "../../finders";
import { Rule } from "../../rule";
import { isOn } from "../../template-text";

export const ecsCircuitBreaker = new Rule({
  id: "ecs-circuit-breaker",
  severity: "error",
  types: ["aws_ecs_service"],
  when: ({ body }) => body["scheduling_strategy"] !== "DAEMON",
  controls: [],
  reason: "Without it ECS starts a broken release over and over, and nobody rolls back.",
  remedy: "Enable deployment_circuit_breaker with rollback.",
  find: all(
    attribute("deployment_circuit_breaker.enable", "true", isOn),
    attribute("deployment_circuit_breaker.rollback", "true", isOn),
  ),
});
