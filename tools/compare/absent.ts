import { type Words } from "./pattern";

/** Patterns of the guide that no environment can have yet, so that there is no stack to compare. */
export const ABSENT: readonly { readonly letter: string; readonly title: Words; readonly why: string }[] = [
  {
    letter: "D",
    title: { en: "API Gateway and Lambda", ja: "API Gateway と Lambda" },
    why: "no stack of it can be synthesized, so that it has no figures here.",
  },
];
