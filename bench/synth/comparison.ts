import { type Spread } from "../shared/statistics";
import { type Growth } from "./growth";
import { type Metric, type Sample } from "./measure";
import { pairwiseRatio, spreads } from "./statistics";
import { BARE, GROWTH_AT_MOST, OURS, OURS_LOADED, RATIO_TARGETS } from "./targets";
import { total } from "./terraform-json";

export interface ProgramResult {
  readonly name: string;
  /** Number of resources; not set for the variants of ours, which define the same ones. */
  readonly resources?: number;
  readonly resourcesByType?: Readonly<Record<string, number>>;
  readonly measured: Record<Metric, Spread>;
}

export interface Ratio {
  readonly of: string;
  readonly against: string;
  readonly wallMs: Spread;
  readonly userMs: Spread;
  readonly peakMiB: Spread;
  /** Ratio of the median wall times per resource. */
  readonly wallPerResource?: number;
}

export interface Verdict {
  readonly target: string;
  readonly atMost: number;
  readonly got: number;
  readonly met: boolean;
}

type Samples = ReadonlyMap<string, readonly Sample[]>;

export function programResults(
  samples: Samples,
  resources: Readonly<Record<string, Record<string, number>>>,
): ProgramResult[] {
  return [...samples].map(([name, ofProgram]) => {
    const byType = resources[name];
    const counted = byType && { resources: total(byType), resourcesByType: byType };
    return { name, ...counted, measured: spreads(ofProgram) };
  });
}

/** Compares ours with every other program, and ours through tsx with bare cdktf through tsx. */
export function ratios(samples: Samples, programs: readonly ProgramResult[]): Ratio[] {
  const countOf = (name: string) => programs.find((program) => program.name === name)?.resources;
  const others = [...samples.keys()].filter((name) => name !== OURS);
  const pairs = [...others.map((against) => [OURS, against] as const), [OURS_LOADED, BARE] as const];
  return pairs.map(([of, against]) => {
    const [ours, theirs] = [samples.get(of)!, samples.get(against)!];
    const wallMs = pairwiseRatio(ours, theirs, "wallMs");
    const count = countOf(against);
    return {
      of,
      against,
      wallMs,
      userMs: pairwiseRatio(ours, theirs, "userMs"),
      peakMiB: pairwiseRatio(ours, theirs, "peakMiB"),
      ...(count !== undefined && { wallPerResource: (wallMs.median * count) / countOf(OURS)! }),
    };
  });
}

const METRIC_LABELS: Partial<Record<Metric, string>> = { wallMs: "wall time", peakMiB: "peak memory" };

export function verdicts(measured: readonly Ratio[], growth: Growth): Verdict[] {
  const ratioVerdicts = RATIO_TARGETS.map(({ of, metric, against, atMost }) => {
    const ratio = measured.find((candidate) => candidate.of === of && candidate.against === against)!;
    const got = ratio[metric as "wallMs" | "peakMiB"].median;
    return { target: `${METRIC_LABELS[metric]}, ${of} / ${against}`, atMost, got, met: got <= atMost };
  });
  const got = growth.cpuTo100.median;
  return [
    ...ratioVerdicts,
    { target: "CPU time from 10 to 100 services / 10", atMost: GROWTH_AT_MOST, got, met: got <= GROWTH_AT_MOST },
  ];
}
