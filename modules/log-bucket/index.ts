export { LogBucket, type LogBucketProps } from "./log-bucket";
export { type Writer } from "./writers";
