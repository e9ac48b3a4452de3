import { type LogBucketProps } from "./log-bucket";

export const logBucketDefaults = {
  retentionDays: 90,
  writers: ["load-balancer"],
  prefixes: [],
  forceDestroy: false,
} as const satisfies Partial<LogBucketProps>;
