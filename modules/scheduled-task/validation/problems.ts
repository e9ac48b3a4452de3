import { type ProblemCatalogue } from "../../core/problem";

/** The problems that only the scheduled-task module reports. */
export const scheduledTaskProblems = {
  "scheduled-task/time-zone-of-rate": {
    summary: "A schedule with a rate has a time zone.",
    why: "EventBridge Scheduler counts a rate from the moment at which the schedule is created and ignores the zone: whoever set one expects a time of day.",
  },
} as const satisfies ProblemCatalogue;
