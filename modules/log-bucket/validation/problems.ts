import { type ProblemCatalogue } from "../../core/problem";

/** The problems that only the log bucket module reports. */
export const logBucketProblems = {
  "log-bucket/account-id": {
    summary: "The account id is not a literal of 12 digits.",
    why: "It is part of the bucket's name and of the bucket policy; as a number it would lose leading zeros.",
  },
} as const satisfies ProblemCatalogue;
