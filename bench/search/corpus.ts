/** Frequent short words, which join the others as in real sentences. */
const PARTICLES = [
  ..."のはをがにでともへや",
  "です",
  "ます",
  "した",
  "ください",
  "ありがとうございます",
  "お願いします",
  "について",
];
const HIRAGANA = [..."あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわ"];
const KATAKANA = [..."アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモラリルレロワンー"];
/** First of the Chinese characters in Unicode; any will do, as long as there are as many as people use. */
const FIRST_KANJI = 0x4e00;
const KANJI = 1200;
const SYLLABLES = [
  "re",
  "fund",
  "ship",
  "ord",
  "er",
  "pay",
  "ment",
  "can",
  "cel",
  "tra",
  "ck",
  "in",
  "voi",
  "ce",
  "log",
  "pas",
];

const WORDS = 6000;
const MEAN_WORDS = 14;

/** Returns numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Makes messages of invented words: half in Japanese, a third in English, the others mixed; a few words are frequent and most are rare. */
export class Corpus {
  readonly #random: () => number;
  readonly #japanese: readonly string[];
  readonly #english: readonly string[];

  constructor(seed = 1) {
    this.#random = randomFrom(seed);
    this.#japanese = Array.from({ length: WORDS }, () => this.#japaneseWord());
    this.#english = Array.from({ length: WORDS }, () => this.#times(1 + this.#below(3), () => this.#of(SYLLABLES)));
  }

  message(): string {
    const kind = this.#random();
    const words = 2 + this.#below(2 * MEAN_WORDS);
    if (kind < 0.5) return this.#times(words, () => this.#phrase());
    if (kind < 0.85) return Array.from({ length: words }, () => this.#rare(this.#english)).join(" ");
    return this.#times(words, () => (this.#random() < 0.3 ? ` ${this.#rare(this.#english)} ` : this.#phrase()));
  }

  #phrase(): string {
    return this.#rare(this.#japanese) + (this.#random() < 0.6 ? this.#of(PARTICLES) : "");
  }

  #japaneseWord(): string {
    const kind = this.#random();
    if (kind < 0.6)
      return this.#times(1 + this.#below(3), () => String.fromCodePoint(FIRST_KANJI + this.#below(KANJI)));
    return this.#times(2 + this.#below(4), () => this.#of(kind < 0.8 ? KATAKANA : HIRAGANA));
  }

  /** The nth word is about n times as rare as the first (Zipf). */
  #rare(words: readonly string[]): string {
    return words[Math.floor(words.length ** this.#random()) - 1] ?? words[0] ?? "";
  }

  #of(values: readonly string[]): string {
    return values[this.#below(values.length)] ?? "";
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #times(count: number, make: () => string): string {
    return Array.from({ length: count }, make).join("");
  }
}
