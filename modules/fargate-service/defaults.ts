import { type Checks } from "../core/checks";
import { readProps, type WithDefaults, withDefaults } from "../core/props";
import { type CompleteEcsServiceProps, completeNestedProps, ecsServiceDefaults } from "../ecs/defaults";
import { fargateTaskDefaults } from "../ecs/fargate-task-props";
import { FARGATE_SERVICE_PROPS, type FargateServiceProps } from "./props";
import { type CompleteSpotMix, spotDefaults } from "./spot";

export const fargateServiceDefaults = {
  ...ecsServiceDefaults,
  ...fargateTaskDefaults,
} as const satisfies Partial<FargateServiceProps>;

/** All props with every default filled in, those of nested objects too. */
export type CompleteFargateServiceProps = CompleteEcsServiceProps &
  Omit<WithDefaults<FargateServiceProps, typeof fargateServiceDefaults>, keyof CompleteEcsServiceProps | "spot"> & {
    readonly spot: CompleteSpotMix | undefined;
  };

/** @throws ConfigurationError when props is not an object */
export function readFargateServiceProps(checks: Checks, given: FargateServiceProps): CompleteFargateServiceProps {
  const props = readProps(checks, given, FARGATE_SERVICE_PROPS, fargateServiceDefaults);
  const { spot } = props;
  return Object.freeze({
    ...props,
    ...completeNestedProps(props, given.drainSec !== undefined),
    spot: spot && withDefaults(spotDefaults, spot),
  });
}
