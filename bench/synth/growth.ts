import { type Metric, type Program, type Sample } from "./measure";
import { cdktfProgram } from "./programs";
import { spread, type Spread, spreads } from "./statistics";
import { GROWTH_STEPS } from "./targets";

export interface GrowthStep {
  readonly services: number;
  readonly measured: Record<Metric, Spread>;
}

export interface Growth {
  readonly steps: readonly GrowthStep[];
  /** Time that ten times the services take, as a multiple of ten times the time, the fixed cost subtracted: 1 is linear. */
  readonly wallTo100: Spread;
  readonly cpuTo100: Spread;
  /** k in time ~ services^k between 10 and 100, of the median wall time; 1 is linear. */
  readonly exponent: number;
  /** Wall time of one more service at 100, in milliseconds. */
  readonly perServiceMs: number;
}

const nameOf = (services: number) => `growth ${services}`;

export function growthPrograms(): Program[] {
  return GROWTH_STEPS.map((services) =>
    cdktfProgram(nameOf(services), "bench/synth/growth-app.ts", { BENCH_SERVICES: String(services) }),
  );
}

export function readGrowth(samples: ReadonlyMap<string, readonly Sample[]>): Growth {
  const of = (services: number) => samples.get(nameOf(services))!;
  const overLinear = (time: (sample: Sample) => number) =>
    spread(
      of(100).map((sample, round) => {
        const fixed = time(of(0)[round]!);
        return (time(sample) - fixed) / (10 * (time(of(10)[round]!) - fixed));
      }),
    );
  const wallTo100 = overLinear(({ wallMs }) => wallMs);
  const median = (services: number) => spread(of(services).map(({ wallMs }) => wallMs)).median;
  return {
    steps: GROWTH_STEPS.map((services) => ({ services, measured: spreads(of(services)) })),
    wallTo100,
    cpuTo100: overLinear(({ userMs, systemMs }) => userMs + systemMs),
    exponent: 1 + Math.log10(wallTo100.median),
    perServiceMs: (median(100) - median(10)) / 90,
  };
}
