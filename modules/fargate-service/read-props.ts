import { type IConstruct } from "constructs";
import { type Complete, readProps } from "../core/props";
import { fargateServiceDefaults } from "./defaults";
import { type CompleteMigration, MIGRATION_PROPS, migrationDefaults } from "./migration";
import { FARGATE_SERVICE_PROPS, type FargateServiceProps } from "./props";
import { type FanOut } from "./references";
import {
  type CompleteServiceAutoscaling,
  SERVICE_AUTOSCALING_PROPS,
  serviceAutoscalingDefaults,
} from "./service-autoscaling";
import { type CompleteSpotMix, SPOT_PROPS, spotDefaults } from "./spot";

type Nested = "migration" | "autoscaling" | "spot" | "fanOut" | "desiredCount";

/** All props with every default filled in, those of nested objects too. */
export type CompleteFargateServiceProps = Omit<Complete<FargateServiceProps, typeof fargateServiceDefaults>, Nested> & {
  readonly desiredCount: number;
  readonly migration: CompleteMigration | undefined;
  readonly autoscaling: CompleteServiceAutoscaling | undefined;
  readonly spot: CompleteSpotMix | undefined;
  readonly fanOut: FanOut | undefined;
  /** Whether `drainSec` came from the caller. */
  readonly drainSecGiven: boolean;
};

const FAN_OUT_PROPS = { adapter: true, supportedAdapters: true } as const;

/** @throws ConfigurationError when props, or an object in them, is none or has an unknown key */
export function readFargateServiceProps(scope: IConstruct, given: FargateServiceProps): CompleteFargateServiceProps {
  const props = readProps(scope, given, FARGATE_SERVICE_PROPS, fargateServiceDefaults);
  const { migration, autoscaling, spot, fanOut } = props;
  const scaling =
    autoscaling === undefined
      ? undefined
      : readProps(scope, autoscaling, SERVICE_AUTOSCALING_PROPS, serviceAutoscalingDefaults, "autoscaling");
  return Object.freeze({
    ...props,
    desiredCount: props.desiredCount !== undefined ? props.desiredCount : (scaling?.minCount ?? 2),
    migration:
      migration === undefined
        ? undefined
        : readProps(scope, migration, MIGRATION_PROPS, migrationDefaults, "migration"),
    autoscaling: scaling,
    spot: spot === undefined ? undefined : readProps(scope, spot, SPOT_PROPS, spotDefaults, "spot"),
    fanOut: fanOut === undefined ? undefined : readProps(scope, fanOut, FAN_OUT_PROPS, {}, "fanOut"),
    drainSecGiven: given.drainSec !== undefined,
  });
}
