import { Op, Token } from "cdktf";
import { isUnresolved } from "../core/tokens";

export type Statistic = "Average" | "Sum" | "Minimum" | "Maximum" | "SampleCount" | "p50" | "p99";

/** A CloudWatch metric with its statistic and period; alarms and widgets are created from the same value. */
export interface Metric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: Statistic;
  readonly periodSec: number;
}

/** Metric math over metrics with ids. Ids are lower-case letters, so that none looks like a function. */
export interface MetricMath {
  readonly expression: string;
  readonly metrics: Readonly<Record<string, Metric>>;
}

export type MetricOrMath = Metric | MetricMath;

export function isMath(metric: MetricOrMath): metric is MetricMath {
  return "expression" in metric;
}

/** Creates metrics of one namespace and one set of dimensions; the period is 60 s unless given. */
export type MetricFactory = (metricName: string, statistic: Statistic, periodSec?: number) => Metric;

export function metricFactory(namespace: string, dimensions: Readonly<Record<string, string>>): MetricFactory {
  return (metricName, statistic, periodSec = 60) => ({
    namespace,
    metricName,
    dimensions,
    statistic,
    periodSec,
  });
}

/** Multiplies two numbers, of which the first may be known only at apply. */
export function multiply(value: number, factor: number): number {
  return isUnresolved(value) ? Token.asNumber(Op.mul(value, factor)) : value * factor;
}

/** Adds two numbers, which may be known only at apply. */
export function add(a: number, b: number): number {
  return isUnresolved(a) || isUnresolved(b) ? Token.asNumber(Op.add(a, b)) : a + b;
}
