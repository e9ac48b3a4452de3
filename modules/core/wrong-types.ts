import { HOW_TO_WRITE } from "./kinds";
import { type Problem } from "./problem";

/** Whether a value would have the right type with quotes, or without, and the problem does not say so itself. */
export function isMisquoted({ got, remedy }: Problem, wrongType: Problem): boolean {
  if (/\b(?:text|quotes)\b/.test(remedy)) return false;
  switch (wrongType.remedy) {
    case HOW_TO_WRITE.text:
      return /^-?\d/.test(got);
    case HOW_TO_WRITE.number:
      return /^"-?\d+(?:\.\d+)?"$/.test(got);
    case HOW_TO_WRITE.boolean:
      return got === '"true"' || got === '"false"';
    default:
      return false;
  }
}

/** Whether a problem is about the value that has the wrong type; checks of a list's elements name the list. */
export function isAboutSameValue({ prop }: Problem, wrongType: Problem): boolean {
  return prop === wrongType.prop || prop === wrongType.prop.replace(/\[\d+\]$/, "");
}

/** Whether the props are the same, or one is a part of the other. */
export function isRelated({ prop: a }: Problem, { prop: b }: Problem): boolean {
  const contains = (whole: string, part: string) =>
    part === whole || part.startsWith(`${whole}.`) || part.startsWith(`${whole}[`);
  return contains(a, b) || contains(b, a);
}
