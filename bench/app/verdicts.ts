import { ratioByRound, type Spread, spread } from "../shared/statistics";
import { type ImageResult } from "./image";
import { type Sample } from "./measure";
import { IDLE_CONNECTIONS, TARGETS } from "./targets";

export interface Row {
  readonly metric: keyof Sample;
  readonly app: Spread;
  readonly bare: Spread;
  readonly ratio: Spread;
}

export interface Verdict {
  readonly target: string;
  readonly atMost: number;
  readonly got: number;
  readonly met: boolean;
}

/** Combines samples by round: sample i of each server is from round i. */
export function rowsOf(app: readonly Sample[], bare: readonly Sample[]): Row[] {
  const metrics = Object.keys(app[0] ?? {}) as (keyof Sample)[];
  return metrics.map((metric) => {
    const [ours, theirs] = [app, bare].map((samples) => samples.map((sample) => sample[metric])) as [
      number[],
      number[],
    ];
    return { metric, app: spread(ours), bare: spread(theirs), ratio: ratioByRound(ours, theirs) };
  });
}

export function verdictsOf(rows: readonly Row[], image: ImageResult): Verdict[] {
  const ratioVerdicts = TARGETS.map(({ metric, label, atMost }) => {
    const got = rows.find((row) => row.metric === metric)?.ratio.median ?? Number.NaN;
    return { target: `${label}, app / bare`, atMost, got, met: got <= atMost };
  });
  const missing = IDLE_CONNECTIONS - image.connections + image.lost;
  const label = `idle connections of ${IDLE_CONNECTIONS} that the image fails to hold`;
  return [...ratioVerdicts, { target: label, atMost: 0, got: missing, met: missing <= 0 }];
}
