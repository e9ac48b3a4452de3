/** Where AWS says that App Runner takes no new customers. */
export const AVAILABILITY_CHANGE = "https://docs.aws.amazon.com/apprunner/latest/dg/apprunner-availability-change.html";

/** Where people ask for WebSockets, which never came. */
export const WEBSOCKET_REQUEST = "https://github.com/aws/apprunner-roadmap/issues/13";

/** Longest request, in seconds, its answer included. Source: App Runner developer guide, "Developing application code for App Runner". */
export const LONGEST_REQUEST_SEC = 120;

/** Most concurrent requests of an instance. Source: App Runner API reference, CreateAutoScalingConfiguration.MaxConcurrency. */
export const MAX_CONCURRENCY = 200;

/** Longest and shortest name of a service. Source: App Runner API reference, CreateService.ServiceName. */
export const SERVICE_NAME_LENGTH = { min: 4, max: 40 } as const;

/** Longest name of an auto scaling or observability configuration. Source: App Runner API reference. */
export const CONFIGURATION_NAME_LENGTH = 32;

/** Beginning of the variables that App Runner sets itself. Source: App Runner API reference, ImageConfiguration.RuntimeEnvironmentVariables. */
export const RESERVED_VARIABLE_PREFIX = "AWSAPPRUNNER";
