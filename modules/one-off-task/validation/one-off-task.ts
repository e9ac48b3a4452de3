import { type Checks } from "../../core/checks";
import { type CompleteFargateTaskProps } from "../../ecs/defaults";
import { checkRunTask } from "../../ecs/validation/run-task";

/** @throws ConfigurationError with every problem of the props */
export function validateOneOffTask(checks: Checks, props: CompleteFargateTaskProps): void {
  checkRunTask(checks, props);
  checks.throwIfInvalid();
}
