/**
 * Memory sizes, in MiB, that App Runner has for each number of CPU units. Terraform accepts any pair, and the apply fails.
 * Source: App Runner developer guide, "Architecture and concepts", supported configurations.
 */
export const INSTANCE_SIZES: ReadonlyMap<number, readonly number[]> = new Map([
  [256, [512, 1024]],
  [512, [1024]],
  [1024, [2048, 3072, 4096]],
  [2048, [4096, 6144]],
  [4096, [8192, 10_240, 12_288]],
]);
