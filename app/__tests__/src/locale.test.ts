import { DICTIONARIES, preferredLocale } from "../../src/i18n/locale";

describe("preferredLocale", () => {
  it.each([
    [null, "en"],
    ["", "en"],
    ["ja", "ja"],
    ["ja-JP,ja;q=0.9,en;q=0.8", "ja"],
    ["en;q=0.8, ja;q=0.9", "ja"],
    ["fr, en;q=0.5, ja;q=0.4", "en"],
    ["fr", "en"],
    ["ja;q=0, en", "en"],
    ["constructor, __proto__, ja;q=0.1", "ja"],
    ["*", "en"],
    [";;q=,,", "en"],
  ])("chooses for %p the language %s", (header, locale) => {
    expect(preferredLocale(header)).toBe(locale);
  });
});

describe("dictionaries", () => {
  it("have the same keys", () => {
    expect(Object.keys(DICTIONARIES.ja).sort()).toEqual(Object.keys(DICTIONARIES.en).sort());
  });

  it("have no empty text, and none in the other language", () => {
    const same = Object.entries(DICTIONARIES.ja).filter(
      ([key, word]) =>
        word === "" || (key !== "productName" && word === DICTIONARIES.en[key as keyof typeof DICTIONARIES.en]),
    );
    expect(same).toEqual([]);
  });
});
