import { DeployError } from "../errors";
import { type ServiceSnapshot } from "../service/snapshot";
import { type Target, type TaskLimits } from "../target/target";

export interface ScaleRequest {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** Tasks to run now; the autoscaler goes on from there. */
  readonly desired?: number | undefined;
  /** Return to the environment's limits. */
  readonly reset: boolean;
}

export interface ScalePlan {
  readonly from: TaskLimits;
  readonly to: TaskLimits;
  /** Number of tasks to ask for; `undefined` leaves it to the autoscaler. */
  readonly desired: number | undefined;
}

/**
 * Plans a change of the number of tasks.
 * @param current the limits that the autoscaler has now
 * @throws DeployError when the numbers exclude each other
 */
export function planScale(
  { stack, scaling }: Target,
  { desired: running }: ServiceSnapshot,
  current: TaskLimits | undefined,
  request: ScaleRequest,
): ScalePlan {
  const { min, max, desired, reset } = request;
  if (scaling === undefined || current === undefined) {
    throw new DeployError(
      `${stack}: expected a service with autoscaling, got one without. Set service.minCount and maxCount in its environment, or desiredCount in its stack, and run \`make deploy\`.`,
    );
  }
  if (reset && [min, max, desired].some((each) => each !== undefined)) {
    throw new DeployError(
      "--reset: expected no --min, --max or --desired beside it, got one. Leave one of the two out.",
    );
  }
  if (!reset && [min, max, desired].every((each) => each === undefined)) {
    throw new DeployError(
      "scale: expected MIN, MAX, DESIRED or --reset, got none. For example: make scale ENV=prod MIN=6",
    );
  }
  const to = reset ? scaling : { min: min ?? current.min, max: max ?? current.max };
  if (to.min > to.max) {
    throw new DeployError(
      `scale: expected MIN to be at most MAX, got MIN ${to.min} and MAX ${to.max}. Pass both, such as MIN=${to.min} MAX=${to.min}.`,
    );
  }
  if (desired !== undefined && (desired < to.min || desired > to.max)) {
    throw new DeployError(
      `DESIRED: expected ${to.min} to ${to.max}, since the autoscaler would change any other number back, got ${desired}. Pass MIN or MAX too.`,
    );
  }
  // The autoscaler itself may take minutes to bring the number within new limits.
  const within = Math.min(to.max, Math.max(to.min, running));
  const wanted = desired ?? within;
  return { from: current, to, desired: wanted === running ? undefined : wanted };
}

/** Whether the limits are those of the environment, so that the next apply leaves them alone. */
export function isInEnvironment({ scaling }: Pick<Target, "scaling">, { min, max }: TaskLimits): boolean {
  return scaling !== undefined && scaling.min === min && scaling.max === max;
}

/** `2 to 8`. */
export function limitsText({ min, max }: TaskLimits): string {
  return `${min} to ${max}`;
}

/** The lines that keep the limits: `service: { minCount: 6, maxCount: 12 } in environments/prod.ts`. */
export function linesToKeep({ stack }: Pick<Target, "stack">, { min, max }: TaskLimits): string {
  return `service: { minCount: ${min}, maxCount: ${max} } in environments/${stack.split("-").at(-1)}.ts`;
}
