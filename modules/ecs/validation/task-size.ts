import { type Checks, formatValue } from "../../core/checks";
import { isUnresolved } from "../../core/tokens";
import { type CompleteFargateTaskProps } from "../defaults";
import { TASK_SIZES } from "../task-sizes";

/** Refuses sizes that Fargate does not have. */
export function checkTaskSize(
  checks: Checks,
  {
    cpu,
    memoryMiB,
    ephemeralStorageGiB,
  }: Pick<CompleteFargateTaskProps, "cpu" | "memoryMiB"> &
    Partial<Pick<CompleteFargateTaskProps, "ephemeralStorageGiB">>,
): void {
  const memories = TASK_SIZES.get(cpu);
  if (!isUnresolved(cpu)) {
    checks.require(memories !== undefined, {
      code: "fargate-service/task-size",
      prop: "cpu",
      expected: `one of ${[...TASK_SIZES.keys()].join(", ")} CPU units (1024 = 1 vCPU)`,
      got: formatValue(cpu),
      remedy: "Fargate knows no other sizes.",
    });
  }
  if (memories && !isUnresolved(memoryMiB)) {
    checks.require(memories.includes(memoryMiB), {
      code: "fargate-service/task-size",
      prop: "memoryMiB",
      expected: `with ${cpu} CPU units one of ${memories.join(", ")} MiB`,
      got: formatValue(memoryMiB),
      remedy: "Take one of these, or another cpu.",
    });
  }
  checks.integer(
    "ephemeralStorageGiB",
    ephemeralStorageGiB,
    { min: 21, max: 200, unit: "GiB" },
    "Leave it out for the 20 GiB that come free.",
  );
}
