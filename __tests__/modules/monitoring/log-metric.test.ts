import { literalPattern } from "../../../modules/monitoring";

describe("a literal pattern", () => {
  it.each([
    ["[WebSocket] Client connected", '"[WebSocket] Client connected"'],
    ['level="error"', '"level=\\"error\\""'],
    ["C:\\logs", '"C:\\\\logs"'],
    ["{ $.level = 50 }", '"{ $.level = 50 }"'],
    ["-ERROR ?WARN %x%", '"-ERROR ?WARN %x%"'],
    ["接続しました", '"接続しました"'],
  ])("of %s is quoted as a whole", (text, pattern) => {
    expect(literalPattern(text)).toBe(pattern);
  });
});
