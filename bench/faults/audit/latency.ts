import { percentile } from "../../shared/statistics";
import { type Attempt } from "../crowd/journal";

/** Time from writing a message to another member's screen; `atMs` is when it was written. */
export interface Delivery {
  readonly atMs: number;
  readonly ms: number;
}

export interface Percentiles {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** One step of the chart. */
export interface Bucket extends Percentiles {
  readonly atMs: number;
  readonly messages: number;
}

export function deliveriesOf(attempts: Iterable<Attempt>): Delivery[] {
  return [...attempts].flatMap(({ writer, writtenMs, shownMs }) =>
    [...shownMs].filter(([reader]) => reader !== writer).map(([, at]) => ({ atMs: writtenMs, ms: at - writtenMs })),
  );
}

export function percentilesOf(deliveries: readonly Delivery[]): Percentiles | undefined {
  if (deliveries.length === 0) return undefined;
  const times = deliveries.map(({ ms }) => ms);
  return { p50Ms: percentile(times, 0.5), p99Ms: percentile(times, 0.99) };
}

export function bucketsOf(deliveries: readonly Delivery[], widthMs: number): Bucket[] {
  const groups = new Map<number, Delivery[]>();
  for (const delivery of deliveries) {
    const index = Math.floor(delivery.atMs / widthMs);
    groups.set(index, [...(groups.get(index) ?? []), delivery]);
  }
  return [...groups]
    .sort(([a], [b]) => a - b)
    .map(([index, group]) => ({ atMs: index * widthMs, messages: group.length, ...percentilesOf(group)! }));
}
