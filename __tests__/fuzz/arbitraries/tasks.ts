import * as fc from "fast-check";
import { OneOffTask, type OneOffTaskProps } from "../../../modules/one-off-task";
import { ScheduledTask, type ScheduledTaskProps } from "../../../modules/scheduled-task";
import { type Target } from "../target";
import { size, taskFields } from "./fargate-service";
import { spoiled } from "./spoil";
import { arn, text, within } from "./values";

const task = fc.record(taskFields, { requiredKeys: ["name", "network", "image"] });

const onDays = fc.record({
  schedule: text(fc.constantFrom("cron(0 3 * * ? *)", "at(2030-01-01T00:00:00)")),
  timezone: text(fc.constantFrom("Asia/Tokyo", "UTC")),
});
const atRate = fc.record({ schedule: fc.constantFrom("rate(1 hour)", "rate(2 days)") });
const schedule = fc.oneof(onDays, atRate);

const settings = fc.record(
  { timeoutSec: within(60, 604_800), enabled: fc.boolean(), alarmTopicArn: arn("sns", "on-call-") },
  { requiredKeys: [] },
);

export const oneOffTask: Target = {
  name: "one-off-task",
  data: spoiled(fc.tuple(task, size).map(([first, second]) => ({ ...first, ...second }))),
  build: (stack, id, data: OneOffTaskProps) => void new OneOffTask(stack, id, data),
};

export const scheduledTask: Target = {
  name: "scheduled-task",
  data: spoiled(
    fc
      .tuple(task, size, schedule, settings)
      .map(([first, second, third, fourth]) => ({ ...first, ...second, ...third, ...fourth })),
  ),
  build: (stack, id, data: ScheduledTaskProps) => void new ScheduledTask(stack, id, data),
};
