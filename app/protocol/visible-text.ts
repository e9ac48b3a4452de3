/**
 * Letters and symbols without ink, which no property of Unicode tells apart: the empty Braille pattern, the object replacement character, a null
 * notehead, and blank hieroglyphs. Source: Unicode code charts.
 */
const BLANK = String.raw`\u2800\uFFFC\u{1D159}\u{13441}\u{13442}`;

/**
 * Characters that show nothing by themselves: white space, control and format characters, combining marks, what Unicode says to ignore where it
 * is not supported (UAX #44, Default_Ignorable_Code_Point: also the Hangul fillers), and blank ones.
 */
const INVISIBLE = new RegExp(
  String.raw`[\p{White_Space}\p{Cc}\p{Cf}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}${BLANK}]`,
  "gu",
);

/** Whether somebody who reads the text sees anything. */
export function isVisible(text: string): boolean {
  return text.replace(INVISIBLE, "") !== "";
}

/** Scripts in which a joiner between two letters changes how they look. */
const JOINING = [
  ...["Arabic", "Syriac", "Mongolian", "Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Oriya", "Tamil", "Telugu"],
  ...["Kannada", "Malayalam", "Sinhala", "Khmer", "Myanmar"],
]
  .map((script) => `\\p{Script=${script}}`)
  .join("");

/** Invisible characters where they belong: in emoji, in variants of Chinese characters, and between letters of joining scripts. */
const USEFUL = new RegExp(
  [
    String.raw`(?<=\p{Script=Han})[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]`,
    String.raw`(?<=\p{Extended_Pictographic})[\uFE0E\uFE0F]`,
    String.raw`(?<=[#*0-9])\uFE0F(?=\u20E3)`,
    String.raw`(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F])\u200D(?=\p{Extended_Pictographic})`,
    String.raw`(?<=\u{1F3F4})[\u{E0061}-\u{E007A}]+\u{E007F}`,
    `(?<=[${JOINING}])[\\u200C\\u200D](?=[${JOINING}])`,
  ].join("|"),
  "gu",
);

/** Control characters, line breaks, and what is not seen: it makes two names look the same, or turns the text around it. */
const FORBIDDEN_IN_NAMES = new RegExp(
  String.raw`[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}${BLANK}]`,
  "u",
);

/** More marks on one letter than any language writes (Tibetan and pointed Hebrew have up to five); they cover the lines above and below. */
const STACKED_MARKS = /\p{M}{7}/u;

/** Whether the text can stand for a person among others: one line, visible, without hidden characters or towers of marks. */
export function isName(text: string): boolean {
  return isVisible(text) && !FORBIDDEN_IN_NAMES.test(text.replace(USEFUL, "")) && !STACKED_MARKS.test(text);
}

/** Marks that turn the direction of the text around them (UAX #9). */
const DIRECTION_MARKS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** Removes the marks of direction from a name, for texts that are not seen or have no markup, such as labels. */
export function withoutDirection(name: string): string {
  return name.replace(DIRECTION_MARKS, "");
}

/** Encloses a name in an isolate (UAX #9: FSI, PDI), so that in a sentence it changes no other word's place. */
export function isolated(name: string): string {
  return `\u2068${withoutDirection(name)}\u2069`;
}
