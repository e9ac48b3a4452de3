import { restBodies } from "../../protocol";
import { messageBody } from "../../protocol/message";
import { isolated, isVisible, withoutDirection } from "../../protocol/visible-text";

const acceptsName = (name: string) => restBodies.createVisitor.safeParse({ name }).success;
const acceptsMessage = (body: string) => messageBody.safeParse(body).success;

const INVISIBLE: readonly (readonly [string, string])[] = [
  ["a zero-width space", "\u200B"],
  ["a zero-width joiner", "\u200D"],
  ["a word joiner", "\u2060"],
  ["a Hangul filler", "\u3164"],
  ["a halfwidth Hangul filler", "\uFFA0"],
  ["Hangul jamo fillers", "\u115F\u1160"],
  ["an empty Braille pattern", "\u2800"],
  ["a soft hyphen", "\u00AD"],
  ["a byte order mark", "\uFEFF"],
  ["a tag character", "\u{E0041}"],
  ["variation selectors", "\uFE0F\u{E0100}"],
  ["a combining mark alone", "\u0301"],
  ["spaces of several kinds", "\u00A0\u2003\u3000"],
  ["a direction mark", "\u202E"],
  ["an invisible operator", "\u2063"],
  ["a combining grapheme joiner", "\u034F"],
  ["a null notehead", "\u{1D159}"],
  ["blank hieroglyphs", "\u{13441}\u{13442}"],
  ["an object replacement character", "\uFFFC"],
];

describe.each(INVISIBLE)("%s", (_, text) => {
  it("is not visible: neither a name nor a message", () => {
    expect(isVisible(text)).toBe(false);
    expect(acceptsName(text)).toBe(false);
    expect(acceptsMessage(`${text} ${text}`)).toBe(false);
  });
});

it.each([
  ["a zero-width space in it", "Ad\u200Ba"],
  ["a joiner between Latin letters", "Ad\u200Da"],
  ["an emoji selector after a letter", "Ada\uFE0F"],
  ["a Hangul filler after it", "Ada\u3164"],
  ["a right-to-left override", "Ada\u202Eecila"],
  ["an isolate that is not closed", "Ada\u2067"],
  ["a left-to-right mark", "Ada\u200E"],
  ["an Arabic letter mark", "Ada\u061C"],
  ["a line separator", "Ada\u2028x"],
  ["a tab", "Ada\tx"],
  ["a null notehead after it", "Ada\u{1D159}"],
])("a name with %s is refused: it looks like another", (_, name) => {
  expect(acceptsName(name)).toBe(false);
});

it("a name with a tower of marks is refused, and with as many as languages write accepted", () => {
  expect(acceptsName(`A${"\u0300".repeat(40)}da`)).toBe(false);
  expect(acceptsName("ש\u05C1\u05BC\u05B8\u05BD\u0591")).toBe(true);
  expect(acceptsName("བསྒྲུབས")).toBe(true);
});

it.each([
  ["山田 花子"],
  ["葛\u{E0100}城"],
  ["Zoë O’Brien-Ñandú"],
  ["علی‌رضا"],
  ["क्‍ष"],
  ["👩‍💻 Ada"],
  ["❤️"],
  ["👩🏽‍🚀"],
  ["🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}"],
  ["1️⃣"],
  ["Nguyễn Thị Ánh"],
  ["שרה"],
  ["한글"],
])("%s is a name", (name) => {
  expect(acceptsName(name)).toBe(true);
});

it.each(["a\u202Eb", "x\u200By", "👨‍👩‍👧", "\u3000a", "؟", "1️⃣"])("%j is a message, stored as it is", (body) => {
  expect(messageBody.parse(body)).toBe(body);
});

it("isolates a name, whatever marks an old one has", () => {
  expect(isolated("Ada")).toBe("\u2068Ada\u2069");
  expect(isolated("Ada\u2069\u202Eecila")).toBe("\u2068Adaecila\u2069");
  expect(withoutDirection("\u200FAda\u202E")).toBe("Ada");
});
