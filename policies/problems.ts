import { type ProblemCatalogue } from "../modules/core/problem";

/** The problems of policies; the remedy of a violation names its rule. */
export const policyProblems = {
  "policies/violation": {
    summary: "A stack violates a policy.",
    why: "policies/README.md explains each rule by its id.",
  },
  "policies/exception": {
    summary: "A policy exception is invalid or no longer needed.",
    why: "An exception that matches nothing would hide the next violation.",
  },
} as const satisfies ProblemCatalogue;
