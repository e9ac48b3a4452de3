import { type Checks, formatValue } from "../../core/checks";
import { isUnresolved } from "../../core/tokens";
import { type AppMetricNames, type MonitoredApp } from "../monitored/app/props";
import { METRIC_NAMESPACE, METRIC_NAMESPACE_RULE, PRINTABLE, PRINTABLE_RULE } from "./metric-names";

/** Source: CloudWatch API reference, MetricDatum.Dimensions. */
const MAX_DIMENSIONS = 30;

const METRIC_KINDS: Readonly<Record<keyof AppMetricNames, true>> = {
  openConnections: true,
  messagesAccepted: true,
  ackLatencyMs: true,
  deliveryLatencyMs: true,
  eventLoopLagMs: true,
  adapterConnected: true,
};

export function checkApp(checks: Checks, app: MonitoredApp): void {
  const { namespace, dimensions, metrics } = app;
  const remedy = "Pass the namespace under which the app reports.";
  if (checks.required("app.namespace", namespace, remedy)) {
    checks.matches("app.namespace", namespace, METRIC_NAMESPACE, METRIC_NAMESPACE_RULE, remedy, "monitoring/namespace");
  }
  checks.count(
    "app.dimensions",
    Object.keys(dimensions ?? {}),
    { min: 0, max: MAX_DIMENSIONS },
    "CloudWatch stores no metric with more dimensions.",
  );
  for (const [name, value] of Object.entries(dimensions ?? {})) {
    const prop = `app.dimensions.${name}`;
    checks.matches(prop, value, PRINTABLE, PRINTABLE_RULE, "Pass it as the app reports it.", "monitoring/metric-name");
  }
  checks.required("app.metrics", metrics, "Name the metrics that the app reports.");
  for (const [kind, name] of Object.entries(metrics ?? {})) {
    checks.require(kind in METRIC_KINDS, {
      code: "monitoring/unknown-app-metric",
      prop: `app.metrics.${kind}`,
      expected: `one of ${Object.keys(METRIC_KINDS).join(", ")}`,
      got: "an unknown one",
      remedy: "Create alarms on other metrics yourself; topicArn is an output.",
    });
    const remedy = "Pass the metric's name as the app reports it, or omit it.";
    checks.matches(
      `app.metrics.${kind}`,
      name as string | undefined,
      PRINTABLE,
      PRINTABLE_RULE,
      remedy,
      "monitoring/metric-name",
    );
  }
  checkNumbers(checks, app);
}

function checkNumbers(checks: Checks, { intervalSec, cacheConnectionsPerTask }: MonitoredApp): void {
  checks.integer("app.intervalSec", intervalSec, { min: 1, max: 300, unit: "seconds" }, "Once a minute (60) is usual.");
  checks.require(!isUnresolved(intervalSec), {
    code: "core/literal-required",
    prop: "app.intervalSec",
    expected: "a literal number",
    got: formatValue(intervalSec),
    remedy: "It becomes part of a metric math expression, which is written at synth.",
  });
  const connections = "app.cacheConnectionsPerTask";
  checks.integer(connections, cacheConnectionsPerTask, { min: 1, max: 65_000 }, "Omit it if it is not known.");
  checks.require(!isUnresolved(cacheConnectionsPerTask), {
    code: "core/literal-required",
    prop: connections,
    expected: "a literal number",
    got: formatValue(cacheConnectionsPerTask),
    remedy: "Omit it if it is not known.",
  });
}
