import { searchTerms } from "../../protocol/search-text";
import { excerptOf } from "../../server/api/excerpt";

const marked = (text: string, search: string): string =>
  excerptOf(text, searchTerms(search))
    .map((part) => (part.isMatch ? `[${part.text}]` : part.text))
    .join("");

test("an excerpt marks every match as it was written, whatever its width or case", () => {
  expect(marked("追跡番号はＡＢ-１２３４、ab-1234です", "ab-1234")).toBe("追跡番号は[ＡＢ-１２３４]、[ab-1234]です");
  expect(marked("ｶﾞｲﾄﾞを\n見る", "ガイド 見")).toBe("[ｶﾞｲﾄﾞ]を [見]る");
});

test("an excerpt of a long message begins shortly before the match", () => {
  const excerpt = marked(`${"あ".repeat(500)}返金${"い".repeat(500)}`, "返金");
  expect(excerpt).toBe(`…${"あ".repeat(24)}[返金]${"い".repeat(94)}…`);
});
