import { type ProblemCatalogue } from "../modules/core/problem";

/** The problems that only stacks report. */
export const stackProblems = {
  "stacks/alarm-addresses": {
    summary: "Two alarm addresses have the same letters and digits.",
    why: "The Terraform address of a subscription is made of them, so only one of the two would be subscribed.",
  },
} as const satisfies ProblemCatalogue;
