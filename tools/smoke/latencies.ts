export type LatencyName = "handshake" | "acknowledgement" | "delivery" | "reconnect";

export interface LatencySummary {
  readonly name: LatencyName;
  readonly samples: readonly number[];
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly maxMs: number;
}

/** Collects latencies in milliseconds. */
export class Latencies {
  private readonly samples = new Map<LatencyName, number[]>();

  add(name: LatencyName, ms: number): void {
    this.samples.set(name, [...this.of(name), ms]);
  }

  of(name: LatencyName): readonly number[] {
    return this.samples.get(name) ?? [];
  }

  summaries(): LatencySummary[] {
    return [...this.samples].map(([name, samples]) => {
      const sorted = [...samples].sort((a, b) => a - b);
      const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1]!;
      return { name, samples, p50Ms: at(0.5), p95Ms: at(0.95), maxMs: at(1) };
    });
  }
}
