import { ratioByRound, type Spread, spread } from "../statistics";
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

/** Sample i of each is of round i. */
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
  const ofRatios = TARGETS.map(({ metric, words, atMost }) => {
    const got = rows.find((row) => row.metric === metric)?.ratio.median ?? Number.NaN;
    return { target: `${words}, app / bare`, atMost, got, met: got <= atMost };
  });
  const missing = IDLE_CONNECTIONS - image.connections + image.lost;
  const words = `idle connections of ${IDLE_CONNECTIONS} that the image does not hold`;
  return [...ofRatios, { target: words, atMost: 0, got: missing, met: missing <= 0 }];
}
