import { LogBucket, type LogBucketProps } from "../../../modules/log-bucket";
import { type Examples } from "./example";

const valid: LogBucketProps = { name: "crm-prod", accountId: "123456789012" };

export const logBucketExamples: Examples = {
  "log-bucket/account-id": (stack) => new LogBucket(stack, "logs", { ...valid, accountId: "12345678901" }),
};
