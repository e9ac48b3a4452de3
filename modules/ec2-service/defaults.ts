import { type Checks } from "../core/checks";
import { readProps, type WithDefaults, withDefaults } from "../core/props";
import {
  autoscalingDefaults,
  type CompleteAutoscaling,
  type CompleteMigration,
  type CompleteSpot,
  migrationDefaults,
  spotDefaults,
} from "./nested-props";
import { EC2_SERVICE_PROPS, type Ec2ServiceProps } from "./props";

export const ec2ServiceDefaults = {
  instanceTypes: ["t4g.small"],
  rootVolumeGiB: 16,
  processes: 2,
  firstProcessPort: 3000,
  environment: {},
  secrets: {},
  plainTextReasons: {},
  secretKmsKeyArns: [],
  healthPath: "/api/health",
  socketPath: "/socket.io/",
  heartbeat: { pingIntervalSec: 25, pingTimeoutSec: 20 },
  maxMessageBytes: 1_000_000,
  keepAliveTimeoutSec: 75,
  bootSec: 60,
  logRetentionDays: 30,
  connections: {},
  egressCidrs: ["0.0.0.0/0"],
  egressPrefixListIds: {},
  refreshAlarmNames: [],
  instancePolicyStatements: [],
} as const satisfies Partial<Ec2ServiceProps>;

type Nested = "migration" | "autoscaling" | "spot";

/** All props with every default filled in, those of nested objects too. */
export type CompleteEc2ServiceProps = Omit<WithDefaults<Ec2ServiceProps, typeof ec2ServiceDefaults>, Nested> & {
  readonly migration: CompleteMigration | undefined;
  /** Missing only while the props are checked. */
  readonly autoscaling: CompleteAutoscaling;
  readonly spot: CompleteSpot | undefined;
};

/** @throws ConfigurationError when props is not an object */
export function readEc2ServiceProps(checks: Checks, given: Ec2ServiceProps): CompleteEc2ServiceProps {
  const props = readProps(checks, given, EC2_SERVICE_PROPS, ec2ServiceDefaults);
  const { migration, autoscaling, spot } = props;
  return Object.freeze({
    ...props,
    migration: migration && withDefaults(migrationDefaults, migration),
    autoscaling: autoscaling && withDefaults(autoscalingDefaults, autoscaling),
    spot: spot && withDefaults(spotDefaults, spot),
  });
}
