import * as fc from "fast-check";
import { LogBucket, type LogBucketProps } from "../../../modules/log-bucket";
import { WRITERS } from "../../../modules/log-bucket/writers";
import { type Target } from "../target";
import { spoiled } from "./spoil";
import { accountId, baseName, number, some, text, within } from "./values";

const props = fc.record(
  {
    name: baseName,
    accountId,
    bucketName: text(fc.constantFrom("crm-logs", "a.b-c", "0ab")),
    retentionDays: number(within(1, 3653)),
    writers: some(fc.constantFrom(...WRITERS), 1, 3),
    prefixes: some(text(fc.constantFrom("alb", "alb/crm", "a'(b)!")), 0, 3),
    forceDestroy: fc.boolean(),
  },
  { requiredKeys: ["name", "accountId"] },
);

export const logBucket: Target = {
  name: "log-bucket",
  data: spoiled(props),
  build: (stack, id, data: LogBucketProps) => void new LogBucket(stack, id, data),
};
