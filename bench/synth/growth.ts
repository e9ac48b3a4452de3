import { spread, type Spread } from "../shared/statistics";
import { type Metric, type Program, type Sample } from "./measure";
import { cdktfProgram } from "./programs";
import { spreads } from "./statistics";
import { GROWTH_STEPS } from "./targets";

export interface GrowthStep {
  readonly services: number;
  readonly measured: Record<Metric, Spread>;
}

export interface Growth {
  readonly steps: readonly GrowthStep[];
  /** CPU time of 100 services divided by ten times that of 10, without the fixed cost: 1 is linear. */
  readonly cpuTo100: Spread;
  readonly wallTo100: Spread;
  /** k in CPU time ~ services^k between 10 and 100; 1 is linear. */
  readonly exponent: number;
  /** CPU milliseconds per additional service, between 10 and 100. */
  readonly perServiceMs: number;
}

const nameOf = (services: number) => `growth ${services}`;

export function growthPrograms(): Program[] {
  return GROWTH_STEPS.map((services) =>
    cdktfProgram(nameOf(services), "bench/synth/growth-app.ts", { BENCH_SERVICES: String(services) }),
  );
}

const wall = ({ wallMs }: Sample): number => wallMs;
const cpu = ({ userMs, systemMs }: Sample): number => userMs + systemMs;

/** Computes growth by CPU time, because subtracting the fixed cost amplifies the noise that other processes add to wall time. */
export function readGrowth(samples: ReadonlyMap<string, readonly Sample[]>): Growth {
  const of = (services: number) => samples.get(nameOf(services))!;
  const overLinear = (time: (sample: Sample) => number): Spread =>
    spread(
      of(100).map((sample, round) => {
        const fixed = time(of(0)[round]!);
        return (time(sample) - fixed) / (10 * (time(of(10)[round]!) - fixed));
      }),
    );
  const cpuTo100 = overLinear(cpu);
  const medianCpu = (services: number) => spread(of(services).map(cpu)).median;
  return {
    steps: GROWTH_STEPS.map((services) => ({ services, measured: spreads(of(services)) })),
    cpuTo100,
    wallTo100: overLinear(wall),
    exponent: 1 + Math.log10(cpuTo100.median),
    perServiceMs: (medianCpu(100) - medianCpu(10)) / 90,
  };
}
