import { z } from "./zod";

/** Longest search, in Unicode code points. */
export const MAX_SEARCH_CODE_POINTS = 200;

/** Most words of a search; further ones are ignored. */
const MAX_TERMS = 8;

/** Longest part of a word that is indexed, in code points: PostgreSQL refuses lexemes of more than 2 KB. */
const MAX_WORD = 64;

/** A word of letters with spaces between words, or a run of any other script, such as Japanese, which has none. */
const RUNS = /(?<word>[\p{Script=Latin}\p{Nd}_]+)|(?<run>[^\p{Script=Latin}\p{Nd}_\p{P}\p{C}\p{Z}]+)/gu;

/** Shows text as a search compares it: full-width and half-width forms are the same, and so are upper and lower case. */
export function folded(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

/** Splits a search into the words that a message has to contain, folded. */
export function searchTerms(text: string): readonly string[] {
  const terms = folded(text).split(/\s+/u);
  return [...new Set(terms.filter((term) => term !== ""))].slice(0, MAX_TERMS);
}

/** Whether a text contains every term, wherever it is. */
export function containsTerms(text: string, terms: readonly string[]): boolean {
  const whole = folded(text);
  return terms.every((term) => whole.includes(term));
}

interface Run {
  readonly isWord: boolean;
  readonly characters: readonly string[];
}

function runsOf(foldedText: string): readonly Run[] {
  return Array.from(foldedText.matchAll(RUNS), ({ 0: run, groups }) => {
    const isWord = groups?.["word"] !== undefined;
    return { isWord, characters: [...run].slice(0, isWord ? MAX_WORD : undefined) };
  });
}

function bigramsOf(characters: readonly string[]): readonly string[] {
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}

/**
 * Returns what a text is indexed by: each Latin word as a whole, and of every other run the pairs of characters beside each other (bigrams) and
 * the last character. Japanese has no spaces, so that its words are not known. None contains a space, a quotation mark or a backslash.
 */
export function indexTokens(text: string): readonly string[] {
  const tokens = runsOf(folded(text)).flatMap(({ isWord, characters }) =>
    isWord ? [characters.join("")] : [...bigramsOf(characters), characters.at(-1) ?? ""],
  );
  return [...new Set(tokens)];
}

/** What a message's tokens must include to be a candidate: whole tokens, and beginnings of tokens. */
export interface TokenQuery {
  readonly tokens: readonly string[];
  readonly prefixes: readonly string[];
}

/**
 * Returns the tokens of every message that contains the terms. Others may have them too, so that candidates are compared with `containsTerms`.
 * A Latin term is found at the beginning of a word only. Without tokens, as of a search for punctuation, nothing is found.
 */
export function tokenQuery(terms: readonly string[]): TokenQuery {
  const runs = terms.flatMap(runsOf);
  const isPrefix = ({ isWord, characters }: Run): boolean => isWord || characters.length === 1;
  return {
    tokens: [...new Set(runs.filter((run) => !isPrefix(run)).flatMap(({ characters }) => bigramsOf(characters)))],
    prefixes: [...new Set(runs.filter(isPrefix).map(({ characters }) => characters.join("")))],
  };
}

/** The text of a search. */
export const searchText = z
  .string()
  .refine(
    (text) => [...text].length <= MAX_SEARCH_CODE_POINTS,
    `a search has at most ${MAX_SEARCH_CODE_POINTS} characters`,
  )
  .refine((text) => searchTerms(text).length > 0, "a search has at least one character")
  .refine((text) => !text.includes("\0"), "a search has no NUL");

/** A piece of an excerpt, and whether it is what was searched for. */
export interface ExcerptPart {
  readonly text: string;
  readonly isMatch: boolean;
}
