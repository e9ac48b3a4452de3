import { type Metric } from "./measure";

/** Names of the measured programs, in the order of their runs. */
export const OURS = "ours";
export const BARE = "bare cdktf";
export const AWS_CDK = "AWS CDK";
/** AWS CDK without its default linter; has no target. */
export const AWS_CDK_UNLINTED = "AWS CDK, no linter";
/** Ours through tsx, as bare cdktf runs, so that only the library differs. */
export const OURS_LOADED = "ours, tsx";
/** Ours compiled beforehand; has no target. */
export const OURS_COMPILED = "ours, compiled";

export interface RatioTarget {
  readonly of: string;
  readonly metric: Metric;
  readonly against: string;
  /** Maximum of the median ratio. */
  readonly atMost: number;
}

export const RATIO_TARGETS: readonly RatioTarget[] = [
  { of: OURS, metric: "wallMs", against: BARE, atMost: 1.3 },
  { of: OURS, metric: "peakMiB", against: BARE, atMost: 1.3 },
  { of: OURS_LOADED, metric: "wallMs", against: BARE, atMost: 1.3 },
  { of: OURS_LOADED, metric: "peakMiB", against: BARE, atMost: 1.3 },
  { of: OURS, metric: "wallMs", against: AWS_CDK, atMost: 0.25 },
  { of: OURS, metric: "peakMiB", against: AWS_CDK, atMost: 0.4 },
];

/** Numbers of services in one app; 0 is the fixed cost: start-up, imports, network, load balancer. */
export const GROWTH_STEPS = [0, 1, 10, 100] as const;

/** Maximum growth from 10 to 100 services relative to linear growth, without the fixed cost. */
export const GROWTH_AT_MOST = 1.3;
