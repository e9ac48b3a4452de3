const GIB = 1024;

/** Returns the sizes from `from` to `to` GiB in steps of `step`, in MiB. */
function gib(from: number, to: number, step: number): number[] {
  return Array.from({ length: (to - from) / step + 1 }, (_, index) => (from + index * step) * GIB);
}

/**
 * Memory sizes, in MiB, that Fargate allows for each number of CPU units. Terraform accepts any pair, and the apply fails.
 * Source: ECS developer guide, "Task definition parameters for Fargate", task size.
 */
export const TASK_SIZES: ReadonlyMap<number, readonly number[]> = new Map([
  [256, [512, 1024, 2048]],
  [512, gib(1, 4, 1)],
  [1024, gib(2, 8, 1)],
  [2048, gib(4, 16, 1)],
  [4096, gib(8, 30, 1)],
  [8192, gib(16, 60, 4)],
  [16384, gib(32, 120, 8)],
]);
