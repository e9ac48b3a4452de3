import { type WithDefaults } from "../core/props";
import { type LogBucketProps } from "./props";

export const logBucketDefaults = {
  retentionDays: 90,
  writers: ["load-balancer"],
  prefixes: [],
  forceDestroy: false,
} as const satisfies Partial<LogBucketProps>;

export type CompleteLogBucketProps = WithDefaults<LogBucketProps, typeof logBucketDefaults>;
