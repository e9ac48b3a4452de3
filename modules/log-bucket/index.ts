export { LogBucket } from "./log-bucket";
export { type LogBucketProps } from "./props";
export { type Writer } from "./writers";
