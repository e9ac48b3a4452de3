import {
  containsTerms,
  indexTokens,
  MAX_SEARCH_CODE_POINTS,
  searchTerms,
  searchText,
  tokenQuery,
} from "../../protocol/search-text";

/** Whether the index finds the text as a candidate, and the comparison keeps it. */
function finds(text: string, search: string): boolean {
  const terms = searchTerms(search);
  const { tokens, prefixes } = tokenQuery(terms);
  const index = indexTokens(text);
  const isCandidate =
    tokens.every((token) => index.includes(token)) &&
    prefixes.every((prefix) => index.some((token) => token.startsWith(prefix)));
  if (tokens.length + prefixes.length === 0) return false;
  return isCandidate && containsTerms(text, terms);
}

const ORDER = "注文した商品がまだ届きません。追跡番号はＡＢ-１２３４です。";

test.each([
  [ORDER, "商品", true],
  [ORDER, "品", true],
  [ORDER, "ん", true],
  [ORDER, "届きません", true],
  [ORDER, "注文　番号", true],
  [ORDER, "文商", false],
  [ORDER, "商品が届", false],
  [ORDER, "ab-1234", true],
  [ORDER, "AB", true],
  ["Please refund my order", "REFUND", true],
  ["Please refund my order", "ref ord", true],
  ["Please refund my order", "fund", false],
  ["ﾃｽﾄの返金", "テスト", true],
  ["ｶﾞｲﾄﾞ", "ガイド", true],
  ["APIキーが無効です", "apiキー", true],
  ["APIキーが無効です", "ピキー", false],
  ["届きました 🎉", "🎉", true],
  ["résumé été", "ÉTÉ", true],
  ["mail me: hanako@example.com", "hanako@example.com", true],
  ["what?", "?", false],
])("%p is found by %p: %p", (text, search, found) => {
  expect(finds(text, search)).toBe(found);
});

test("tokens have nothing that would end their quotation in PostgreSQL, and no space", () => {
  const hostile = `a'b\\c "d" 'é' \u3000\u00a0 ${"\\'".repeat(9)} 日'本\\ ${"x".repeat(5000)}`;
  const { tokens, prefixes } = tokenQuery(searchTerms(hostile));
  const all = [...indexTokens(hostile), ...tokens, ...prefixes];
  expect(all.length).toBeGreaterThan(5);
  expect(all.filter((token) => /['"\\\s]/u.test(token) || token === "" || token.length > 128)).toEqual([]);
});

test.each([
  ["", false],
  [" \u3000", false],
  ["\0", false],
  ["日", true],
  ["😀".repeat(MAX_SEARCH_CODE_POINTS), true],
  ["😀".repeat(MAX_SEARCH_CODE_POINTS + 1), false],
])("the text %p is a search: %p", (text, isOne) => {
  expect(searchText.safeParse(text).success).toBe(isOne);
});
