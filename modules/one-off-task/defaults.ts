import { type Checks } from "../core/checks";
import { readProps } from "../core/props";
import { type CompleteFargateTaskProps, taskDefaults } from "../ecs/defaults";
import { fargateTaskDefaults } from "../ecs/fargate-task-props";
import { RUN_TASK_SETTINGS } from "../ecs/run-task";
import { completeSidecars } from "../ecs/sidecars";
import { ONE_OFF_TASK_PROPS, type OneOffTaskProps } from "./props";

export const oneOffTaskDefaults = {
  ...taskDefaults,
  ...fargateTaskDefaults,
} as const satisfies Partial<OneOffTaskProps>;

/** @throws ConfigurationError when props is not an object */
export function readOneOffTaskProps(checks: Checks, given: OneOffTaskProps): CompleteFargateTaskProps {
  const props = readProps(checks, given, ONE_OFF_TASK_PROPS, oneOffTaskDefaults);
  return Object.freeze({ ...RUN_TASK_SETTINGS, ...props, sidecars: completeSidecars(props.sidecars) });
}
