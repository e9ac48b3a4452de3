/** Tasks that ECS starts at once, however they fail; AWS names no number. */
const FREE_STARTS = 3;
const FIRST_DELAY_SEC = 10;
/** Source: ECS developer guide, "Amazon ECS service throttle logic": at most 27 minutes. */
const LONGEST_DELAY_SEC = 27 * 60;

/** Seconds to wait before the next task, after so many in a row that never became healthy. */
export function backOffSec(failuresInARow: number): number {
  if (failuresInARow < FREE_STARTS) return 0;
  return Math.min(FIRST_DELAY_SEC * 2 ** (failuresInARow - FREE_STARTS), LONGEST_DELAY_SEC);
}
