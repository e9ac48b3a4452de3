import { type Checks, formatValue } from "../../core/checks";
import { isUnresolved } from "../../core/tokens";
import { type AppMetricNames, type MonitoredApp } from "../monitored/app/props";
import { METRIC_NAMESPACE, PRINTABLE, PRINTABLE_RULE } from "./metric-names";

const METRIC_KINDS: Readonly<Record<keyof AppMetricNames, true>> = {
  openConnections: true,
  messagesAccepted: true,
  ackLatencyMs: true,
  deliveryLatencyMs: true,
  eventLoopLagMs: true,
  adapterConnected: true,
};

export function checkApp(checks: Checks, { namespace, dimensions, metrics, intervalSec }: MonitoredApp): void {
  const remedy = "Give the namespace that the app reports under.";
  if (checks.required("app.namespace", namespace, remedy)) {
    checks.matches("app.namespace", namespace, METRIC_NAMESPACE, "a namespace of your own", remedy);
  }
  for (const [name, value] of Object.entries(dimensions ?? {})) {
    const prop = `app.dimensions.${name}`;
    checks.matches(prop, value, PRINTABLE, PRINTABLE_RULE, "Give it as the app reports it.");
  }
  checks.required("app.metrics", metrics, "Name the metrics that the app reports.");
  for (const [kind, name] of Object.entries(metrics ?? {})) {
    checks.require(kind in METRIC_KINDS, {
      prop: `app.metrics.${kind}`,
      expected: `one of ${Object.keys(METRIC_KINDS).join(", ")}`,
      got: "an unknown one",
      remedy: "Alarms on other metrics are yours to make; the topic's ARN is an output.",
    });
    const remedy = "Give the metric's name as the app reports it, or leave it out.";
    checks.matches(`app.metrics.${kind}`, name as string | undefined, PRINTABLE, PRINTABLE_RULE, remedy);
  }
  checks.integer("app.intervalSec", intervalSec, { min: 1, max: 300, unit: "seconds" }, "Once a minute is usual.");
  checks.require(!isUnresolved(intervalSec), {
    prop: "app.intervalSec",
    expected: "a literal number",
    got: formatValue(intervalSec),
    remedy: "It becomes part of an expression at synth.",
  });
}
