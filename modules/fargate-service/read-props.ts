import { type Checks } from "../core/checks";
import { type WithDefaults, readProps, withDefaults } from "../core/props";
import { fargateServiceDefaults } from "./defaults";
import { type CompleteMigration, migrationDefaults } from "./migration";
import { FARGATE_SERVICE_PROPS, type FargateServiceProps } from "./props";
import { type CompleteServiceAutoscaling, serviceAutoscalingDefaults } from "./service-autoscaling";
import { type CompleteSpotMix, spotDefaults } from "./spot";

type Nested = "migration" | "autoscaling" | "spot" | "desiredCount";

/** All props with every default filled in, those of nested objects too. */
export type CompleteFargateServiceProps = Omit<
  WithDefaults<FargateServiceProps, typeof fargateServiceDefaults>,
  Nested
> & {
  readonly desiredCount: number;
  readonly migration: CompleteMigration | undefined;
  readonly autoscaling: CompleteServiceAutoscaling | undefined;
  readonly spot: CompleteSpotMix | undefined;
  /** Whether `drainSec` came from the caller. */
  readonly drainSecGiven: boolean;
};

/** @throws ConfigurationError when props is no object */
export function readFargateServiceProps(checks: Checks, given: FargateServiceProps): CompleteFargateServiceProps {
  const props = readProps(checks, given, FARGATE_SERVICE_PROPS, fargateServiceDefaults);
  const { migration, autoscaling, spot } = props;
  return Object.freeze({
    ...props,
    desiredCount: props.desiredCount !== undefined ? props.desiredCount : (autoscaling?.minCount ?? 2),
    migration: migration && withDefaults(migrationDefaults, migration),
    autoscaling: autoscaling && withDefaults(serviceAutoscalingDefaults, autoscaling),
    spot: spot && withDefaults(spotDefaults, spot),
    drainSecGiven: given.drainSec !== undefined,
  });
}
