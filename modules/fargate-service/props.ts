import * as kind from "../core/kinds";
import { FARGATE_TASK_PROPS, type FargateTaskProps } from "../ecs/fargate-task-props";
import { ECS_SERVICE_PROPS, type EcsServiceProps } from "../ecs/props";
import { SPOT_PROPS, type SpotMix } from "./spot";

export interface FargateServiceProps extends EcsServiceProps, FargateTaskProps {
  /**
   * Part of the tasks on FARGATE_SPOT: up to 70 % cheaper, stopped with two minutes' notice, enough for a drain of up to 120 s.
   * @default all tasks on demand
   */
  readonly spot?: SpotMix | undefined;
}

export const FARGATE_SERVICE_PROPS: kind.Shape<FargateServiceProps> = {
  ...ECS_SERVICE_PROPS,
  ...FARGATE_TASK_PROPS,
  spot: kind.object(SPOT_PROPS),
};
