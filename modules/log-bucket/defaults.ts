import { type WithDefaults } from "../core/props";
import { type LogBucketProps } from "./props";

export const logBucketDefaults = {
  retentionDays: 90,
  writers: ["load-balancer"],
  prefixes: [],
  forceDestroy: false,
} as const satisfies Partial<LogBucketProps>;

/** The props of a log bucket with the defaults filled in. */
export type CompleteLogBucketProps = WithDefaults<LogBucketProps, typeof logBucketDefaults>;
