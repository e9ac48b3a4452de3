import { type Checks } from "../core/checks";
import { readProps, type WithDefaults, withDefaults } from "../core/props";
import { type CompleteHealthCheck, healthCheckDefaults } from "./health-check";
import { type AppRunnerServiceProps, PROPS } from "./props";

export const appRunnerServiceDefaults = {
  cpu: 1024,
  memoryMiB: 2048,
  environment: {},
  secrets: {},
  plainTextReasons: {},
  secretKmsKeyArns: [],
  socketIo: true,
  transportsVariable: "SOCKET_TRANSPORTS",
  heartbeat: { pingIntervalSec: 25, pingTimeoutSec: 20 },
  minInstances: 1,
  maxInstances: 1,
  maxConcurrency: 200,
  connections: {},
  egressCidrs: ["0.0.0.0/0"],
  tracing: false,
  instancePolicyStatements: [],
} as const satisfies Partial<AppRunnerServiceProps>;

/** All props with every default filled in, those of nested objects too. */
export type CompleteAppRunnerServiceProps = Omit<
  WithDefaults<AppRunnerServiceProps, typeof appRunnerServiceDefaults>,
  "autoDeploy" | "healthCheck"
> & {
  readonly autoDeploy: boolean;
  readonly healthCheck: CompleteHealthCheck;
};

/** @throws ConfigurationError when props is not an object */
export function readAppRunnerServiceProps(checks: Checks, given: AppRunnerServiceProps): CompleteAppRunnerServiceProps {
  const props = readProps(checks, given, PROPS, appRunnerServiceDefaults);
  return Object.freeze({
    ...props,
    autoDeploy: props.autoDeploy ?? props.source !== undefined,
    healthCheck: withDefaults(healthCheckDefaults, props.healthCheck ?? {}),
  });
}
