/** Failed tasks that are replaced without delay; AWS publishes no number. */
const STARTS_WITHOUT_DELAY = 3;
const FIRST_DELAY_SEC = 10;
/** Source: ECS developer guide, "Amazon ECS service throttle logic": at most 27 minutes. */
const LONGEST_DELAY_SEC = 27 * 60;

/** Returns the seconds to wait before the next start, after so many tasks in a row that never became healthy. */
export function backOffSec(failuresInARow: number): number {
  if (failuresInARow < STARTS_WITHOUT_DELAY) return 0;
  return Math.min(FIRST_DELAY_SEC * 2 ** (failuresInARow - STARTS_WITHOUT_DELAY), LONGEST_DELAY_SEC);
}
