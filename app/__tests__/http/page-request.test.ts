import { isReturnAddress, refusePageRequest, removeUnusableHeaders } from "../../server/pages/page-request";

describe("refusePageRequest", () => {
  it.each([
    ["GET", "/"],
    ["HEAD", "/sign-in?callbackUrl=%E0%A4%A"],
    ["GET", "/%E6%97%A5%E6%9C%AC"],
    ["POST", "/api/auth/signout"],
  ])("lets %s %s pass", (method, url) => {
    expect(refusePageRequest({ method, url, headers: {} })).toBeUndefined();
  });

  it.each([
    ["GET", "*", 400],
    ["GET", "http://evil.example/", 400],
    ["GET", "/%E0%A4%A", 400],
    ["GET", "/a%00b", 400],
    ["GET", "/a%0d%0ab", 400],
    ["TRACE", "/", 405],
    ["POST", "/chat", 405],
    ["HEAD", "/api/auth/signin", 405],
    ["PUT", "/api/auth/session", 405],
  ])("refuses %s %s with %d", (method, url, status) => {
    const refused = refusePageRequest({ method, url, headers: {} });
    expect(refused).toMatchObject({ status, body: { ok: false, code: "INVALID" } });
    expect(refused?.allow === undefined).toBe(status === 400);
  });
});

it.each([
  ["POST", "/api/auth/callback/credentials"],
  ["GET", "/"],
])("refuses a long body of %s %s before Next keeps it in memory", (method, url) => {
  const withLength = (bytes: number) =>
    refusePageRequest({ method, url, headers: { "content-length": String(bytes) } })?.status;
  expect(withLength(16 * 1024)).toBeUndefined();
  expect(withLength(16 * 1024 + 1)).toBe(413);
});

describe("removeUnusableHeaders", () => {
  const after = (headers: Record<string, string>) => {
    removeUnusableHeaders({ method: "GET", url: "/", headers });
    return headers;
  };

  it("removes a return address that is none, and no other cookie", () => {
    const cookie = "a=1; __Secure-next-auth.callback-url=%3A%3A; next-auth.callback-url=%2Fadmin; b=2";
    expect(after({ cookie })).toEqual({ cookie: "a=1; next-auth.callback-url=%2Fadmin; b=2" });
  });

  it.each([
    "garbage",
    "%",
    "[]",
    '["",{"children":[1,{}]}]',
    '["",{},"x"]',
    '["",{},null,"all"]',
    '["",{"a":'.repeat(400),
  ])("removes the router state %s", (state) => {
    expect(after({ "next-router-state-tree": encodeURIComponent(state) })).toEqual({});
  });

  it("keeps the router state of Next's own client", () => {
    const tree = ["", { children: ["admin", { children: ["__PAGE__", {}, null, null] }] }, null, null, 16];
    const headers = { "next-router-state-tree": encodeURIComponent(JSON.stringify(tree)) };
    expect(after({ ...headers })).toEqual(headers);
  });

  it("removes conditions and ranges, which are for downloads", () => {
    expect(after({ range: "bytes=9-1", "if-match": "x", "if-none-match": "y" })).toEqual({ "if-none-match": "y" });
  });
});

it.each([
  ["/", true],
  ["/admin?a=%E6%97%A5", true],
  ["https://evil.example", true],
  ["", true],
  ["//evil.example", true],
  ["javascript:alert(1)", false],
  ["::", false],
  ["http://[", false],
  ["/日本", false],
  ["/a b", false],
  ["/\r\nX: y", false],
  [undefined, false],
])("isReturnAddress(%j) is %s", (text, expected) => {
  expect(isReturnAddress(text)).toBe(expected);
});
