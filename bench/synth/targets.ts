import { type Metric } from "./measure";

/** Names of the measured programs, in the order in which they run. */
export const OURS = "ours";
export const BARE = "bare cdktf";
export const AWS_CDK = "AWS CDK";
/** AWS CDK without the linter that it runs by default; for information. */
export const AWS_CDK_UNLINTED = "AWS CDK, no linter";
/** Ours through the loader that bare cdktf has, so that the library alone is compared. */
export const OURS_LOADED = "ours, tsx";
/** Ours compiled beforehand; for information. */
export const OURS_COMPILED = "ours, compiled";

export interface RatioTarget {
  readonly of: string;
  readonly metric: Metric;
  readonly against: string;
  /** The median of the ratios, round by round, may not be higher. */
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

/** Near linear: ten times the services take at most this times ten times the time, the fixed cost subtracted. */
export const GROWTH_AT_MOST = 1.3;
