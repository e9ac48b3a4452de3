import { container, set, without } from "../mutation";
import { type RuleCase, ruleCase } from "./rule-case";
import { DATABASE, LOG_GROUP, TASK_DEFINITION } from "./subjects";

export const logsCases: readonly RuleCase[] = [
  ruleCase(
    "logs-declared",
    TASK_DEFINITION,
    container("app", "logConfiguration", { logDriver: "awslogs", options: { "awslogs-group": "/ecs/nobody" } }),
    "aws_cloudwatch_log_group",
  ),
  ruleCase(
    "logs-declared",
    DATABASE,
    without("aws_cloudwatch_log_group", "database/upgrade-log-group", "name"),
    "aws_cloudwatch_log_group",
  ),
  ruleCase("logs-kept-a-year", LOG_GROUP, set("retention_in_days", 30), "retention_in_days"),
  ruleCase("logs-retention", LOG_GROUP, set("retention_in_days", 0), "retention_in_days"),
  ruleCase("logs-retention", LOG_GROUP, set("retention_in_days", undefined), "retention_in_days"),
];
