export { ConfigurationError, type Problem } from "./configuration-error";
export { escapeTemplate } from "./tokens";
export { LOG_RETENTION_DAYS, type LogRetentionDays } from "./log-retention";
