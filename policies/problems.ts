import { type ProblemCatalogue } from "../modules/core/problem";

/** The problems of policies; the remedy of a violation names its rule. */
export const policyProblems = {
  "policies/violation": {
    summary: "A stack violates a policy.",
    why: "The message ends in the id of the rule instead of this code; policies/README.md gives the reason for each rule.",
  },
  "policies/exception": {
    summary: "A policy exception is invalid or no longer needed.",
    why: "An exception that matches nothing would hide the next violation. The message has no code; it begins with `[policies] exception`.",
  },
} as const satisfies ProblemCatalogue;
