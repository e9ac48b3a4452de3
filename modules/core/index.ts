export { ConfigurationError } from "./configuration-error";
export { type Problem, type ProblemCode } from "./problem";
export { escapeTemplate } from "./tokens";
export { LOG_RETENTION_DAYS, type LogRetentionDays } from "./log-retention";
