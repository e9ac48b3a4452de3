import { alarm, alarms, nowSec, subscriptions } from "../healthy";
import { type Breakage, notFound } from "./breakage";

/** Logs, metrics and alarms. */
export const SIGNALS: readonly Breakage[] = [
  [
    "a log group that is gone",
    "log-group",
    { answers: { DescribeLogGroups: { logGroups: [{ logGroupName: "/ecs/crm-dev-old" }] } } },
    /^The log group \/ecs\/crm-dev does not exist/,
  ],
  [
    "a pattern with brackets",
    "metric-filter",
    {
      answers: {
        DescribeMetricFilters: {
          metricFilters: [{ filterName: "WebSocketConnections", filterPattern: "[WebSocket] Client disconnected" }],
        },
      },
    },
    /^The metric filter WebSocketConnections does not match the line that the application writes/,
  ],
  [
    "a pattern that is too wide",
    "metric-filter",
    {
      answers: {
        DescribeMetricFilters: {
          metricFilters: [{ filterName: "WebSocketConnections", filterPattern: '"Client connected"' }],
        },
      },
    },
    /^The metric filter WebSocketConnections also counts other lines/,
  ],
  [
    "a metric filter that is gone",
    "metric-filter",
    { answers: { DescribeMetricFilters: { metricFilters: [] } } },
    /^The metric filter WebSocketConnections does not exist/,
  ],
  [
    "an alarm that is gone",
    "alarms",
    { answers: { DescribeAlarms: alarms(alarm("crm-dev-high-cpu")) } },
    /^1 alarm of the stack does not exist/,
  ],
  [
    "an alarm with its actions off",
    "alarms",
    {
      answers: {
        DescribeAlarms: alarms(alarm("crm-dev-high-cpu", { ActionsEnabled: false }), alarm("crm-dev-no-target")),
      },
    },
    /^1 alarm would tell nobody/,
  ],
  [
    "an alarm without data",
    "alarms",
    {
      answers: {
        DescribeAlarms: alarms(
          alarm("crm-dev-high-cpu", { StateValue: "INSUFFICIENT_DATA" }),
          alarm("crm-dev-no-target"),
        ),
      },
    },
    /^1 alarm has had no data for more than a day/,
  ],
  [
    "an alarm that is on",
    "alarms",
    {
      answers: {
        DescribeAlarms: alarms(
          alarm("crm-dev-high-cpu"),
          alarm("crm-dev-no-target", { StateValue: "ALARM", StateUpdatedTimestamp: nowSec - 7_200 }),
        ),
      },
    },
    /^The alarm crm-dev-no-target is on, for 2 h/,
  ],
  [
    "a subscription that nobody confirmed",
    "topics",
    { answers: { ListSubscriptionsByTopic: subscriptions(["oncall@example.com", "PendingConfirmation"]) } },
    /^oncall@example\.com has not confirmed/,
  ],
  [
    "a subscription that somebody cancelled",
    "topics",
    { answers: { ListSubscriptionsByTopic: "" } },
    /^oncall@example\.com is not subscribed to crm-dev-alarms/,
  ],
  [
    "a topic that is gone",
    "topics",
    { answers: { ListSubscriptionsByTopic: notFound("NotFound") } },
    /^The topic crm-dev-alarms does not exist/,
  ],
];
