import { type ExcerptPart } from "../../protocol";
import { folded } from "../../protocol/search-text";

/** Graphemes of an excerpt before its first match, and in total. */
const BEFORE_MATCH = 24;
const EXCERPT = 120;

const graphemes = new Intl.Segmenter("ja", { granularity: "grapheme" });

/** Returns the surroundings of the first match in one line, with every match marked. */
export function excerptOf(text: string, terms: readonly string[]): readonly ExcerptPart[] {
  const characters = Array.from(graphemes.segment(text.replace(/\s+/gu, " ")), ({ segment }) => segment);
  const isMatch = matchedCharacters(characters, terms);
  const first = Math.max(0, isMatch.indexOf(true) - BEFORE_MATCH);
  const last = Math.min(characters.length, first + EXCERPT);
  const parts: { text: string; isMatch: boolean }[] = first > 0 ? [{ text: "…", isMatch: false }] : [];
  for (let index = first; index < last; index++) {
    const open = parts.at(-1);
    const matched = isMatch[index] ?? false;
    if (open?.isMatch === matched) open.text += characters[index] ?? "";
    else parts.push({ text: characters[index] ?? "", isMatch: matched });
  }
  if (last < characters.length) parts.push({ text: "…", isMatch: false });
  return parts;
}

/** Folds each character by itself, so that a position in the folded text leads back to the character. */
function matchedCharacters(characters: readonly string[], terms: readonly string[]): readonly boolean[] {
  const source: number[] = [];
  let whole = "";
  characters.forEach((character, index) => {
    const one = folded(character);
    whole += one;
    for (let unit = 0; unit < one.length; unit++) source.push(index);
  });
  const isMatch = characters.map(() => false);
  for (const term of terms) {
    for (let at = whole.indexOf(term); at >= 0; at = whole.indexOf(term, at + term.length)) {
      for (let unit = at; unit < at + term.length; unit++) isMatch[source[unit] ?? 0] = true;
    }
  }
  return isMatch;
}
