import { isUnresolved } from "../../core/tokens";
import { isMath, type Metric, type MetricOrMath } from "../metric";

/** Columns of a CloudWatch dashboard. Source: CloudWatch API reference, "Dashboard body structure". */
export const COLUMNS = 24;

export interface Widget {
  readonly type: "text" | "metric" | "alarm" | "log";
  readonly width: number;
  readonly height: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

export type Row = readonly Widget[];

export interface PlacedWidget extends Widget {
  readonly x: number;
  readonly y: number;
}

export interface Series {
  readonly label: string;
  readonly watch: MetricOrMath;
}

interface Chart {
  readonly title: string;
  /** In columns. */
  readonly width: number;
  readonly series: readonly Series[];
}

/**
 * Places rows from top to bottom and the widgets of a row from left to right, so that none overlap.
 * @throws Error when a row has more columns than the dashboard
 */
export function place(rows: readonly Row[]): PlacedWidget[] {
  let y = 0;
  return rows.flatMap((row) => {
    let x = 0;
    const placed = row.map((widget) => {
      const at = { ...widget, x, y };
      x += widget.width;
      return at;
    });
    if (x > COLUMNS) throw new Error(`a row of the dashboard has ${x} columns, at most ${COLUMNS} fit`);
    y += Math.max(0, ...row.map((widget) => widget.height));
    return placed;
  });
}

export function text(markdown: string, height: number): Widget {
  return { type: "text", width: COLUMNS, height, properties: { markdown } };
}

/** Returns a row with a heading. */
export function section(title: string): Row {
  return [text(`## ${title}`, 1)];
}

/** Returns a line graph over time, with the alarm's threshold if there is one. */
export function graph({ title, width, series, limit }: Chart & { readonly limit?: number | undefined }): Widget {
  const annotations =
    limit === undefined || isUnresolved(limit)
      ? {}
      : { annotations: { horizontal: [{ label: "alarm", value: limit }] } };
  const properties = { title, view: "timeSeries", stacked: false, metrics: lines(series), ...annotations };
  return { type: "metric", width, height: 6, properties };
}

/** Returns the latest values in large digits. */
export function numbers({ title, width, series }: Chart): Widget {
  const properties = { title, view: "singleValue", sparkline: true, period: 60, metrics: lines(series) };
  return { type: "metric", width, height: 6, properties };
}

/** Most alarms that one widget can show. Source: CloudWatch API reference, "Dashboard body structure", alarm widgets. */
const MAX_ALARMS_SHOWN = 100;

/** Returns a widget with the state of alarms; only the first 100 are shown. */
export function alarmStatus(title: string, width: number, alarmArns: readonly string[]): Widget {
  return {
    type: "alarm",
    width,
    height: 6,
    properties: { title, alarms: alarmArns.slice(0, MAX_ALARMS_SHOWN), sortBy: "stateUpdatedTimestamp" },
  };
}

export function logTable(log: {
  readonly title: string;
  readonly logGroupName: string;
  readonly query: string;
}): Widget {
  const query = `SOURCE '${log.logGroupName}' | ${log.query}`;
  return { type: "log", width: COLUMNS, height: 8, properties: { title: log.title, view: "table", query } };
}

/** Numbers the ids of each series, because ids must be unique within one widget. */
function lines(series: readonly Series[]): unknown[] {
  return series.flatMap(({ label, watch }, index): unknown[] => {
    if (!isMath(watch)) return [[...address(watch), { label, stat: watch.statistic, period: watch.periodSec }]];
    const ids = Object.keys(watch.metrics);
    const numbered = watch.expression.replace(new RegExp(`\\b(${ids.join("|")})\\b`, "g"), `$1${index}`);
    const hidden = Object.entries(watch.metrics).map(([id, metric]) => [
      ...address(metric),
      { id: `${id}${index}`, visible: false, stat: metric.statistic, period: metric.periodSec },
    ]);
    return [...hidden, [{ id: `result${index}`, label, expression: numbered }]];
  });
}

function address({ namespace, metricName, dimensions }: Metric): string[] {
  return [namespace, metricName, ...Object.entries(dimensions).flat()];
}
