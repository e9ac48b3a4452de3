import { Op, Token } from "cdktf";
import { isUnresolved } from "../core/tokens";

export type Statistic = "Average" | "Sum" | "Minimum" | "Maximum" | "SampleCount" | "p50" | "p99";

/** A CloudWatch metric and how to boil it down; alarms and widgets are made from the same value. */
export interface Metric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: Statistic;
  readonly periodSec: number;
}

/** Metric math over metrics that are named by id: lower-case letters, so that none looks like a function. */
export interface MetricMath {
  readonly expression: string;
  readonly metrics: Readonly<Record<string, Metric>>;
}

export type MetricOrMath = Metric | MetricMath;

export function isMath(metric: MetricOrMath): metric is MetricMath {
  return "expression" in metric;
}

/** A function that makes metrics of one namespace and one set of dimensions. */
export function metricFactory(namespace: string, dimensions: Readonly<Record<string, string>>) {
  return (metricName: string, statistic: Statistic, periodSec = 60): Metric => ({
    namespace,
    metricName,
    dimensions,
    statistic,
    periodSec,
  });
}

/** Multiplies, also what Terraform only learns at apply. */
export function multiply(value: number, factor: number): number {
  return isUnresolved(value) ? Token.asNumber(Op.mul(value, factor)) : value * factor;
}

/** Adds, also what Terraform only learns at apply. */
export function add(a: number, b: number): number {
  return isUnresolved(a) || isUnresolved(b) ? Token.asNumber(Op.add(a, b)) : a + b;
}
