import { set, without } from "../mutation";
import { type RuleCase, ruleCase } from "./rule-case";
import { ALARM, CACHE_ALARM, CPU_ALARM, DATABASE, ECS_SERVICE, LOAD_BALANCER } from "./subjects";

export const cloudwatchCases: readonly RuleCase[] = [
  ruleCase("cloudwatch-alarm-actions", ALARM, set("alarm_actions", []), "alarm_actions"),
  ruleCase(
    "cloudwatch-alarm-coverage",
    LOAD_BALANCER,
    without("aws_cloudwatch_metric_alarm", "monitoring/target-app-response-time", "metric_name"),
    "aws_cloudwatch_metric_alarm",
  ),
  ruleCase(
    "cloudwatch-alarm-coverage",
    DATABASE,
    without("aws_cloudwatch_metric_alarm", "monitoring/database-free-storage", "metric_name"),
    "aws_cloudwatch_metric_alarm",
  ),
  ruleCase(
    "cloudwatch-alarm-coverage",
    ECS_SERVICE,
    without("aws_cloudwatch_metric_alarm", "monitoring/high-cpu", "metric_name"),
    "aws_cloudwatch_metric_alarm",
  ),
  ruleCase(
    "cloudwatch-alarm-dimensions",
    CPU_ALARM,
    set("dimensions.ServiceName", "another-service"),
    "dimensions.ServiceName",
  ),
  ruleCase(
    "cloudwatch-alarm-dimensions",
    CACHE_ALARM,
    set("dimensions.CacheClusterId", "another-cache-001"),
    "dimensions.CacheClusterId",
  ),
  ruleCase("cloudwatch-missing-data", ALARM, set("treat_missing_data", undefined), "treat_missing_data"),
];
