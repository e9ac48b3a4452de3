/** Parts of requests that somebody sends who wants a server to fail. */
const ID = "0190b0d4-27a5-4d46-8a2e-0d0f3f4b5c6d";
const BROKEN = "%E0%A4%A";

export const METHODS = [
  ...["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "QUERY", "SEARCH", "PURGE"],
];

const PAGES = ["/", "/chat", "/sign-in", "/invitation", "/admin", "/nothing", "/404", "/500", "/_error", "/_not-found"];

const FILES = [
  ...["/robots.txt", "/icon.svg", "/favicon.ico", "/_next/", "/_next/static/x.js", `/_next/static/${BROKEN}`],
  ...["/_next/image?url=x&w=1&q=1", "/_next/image?url=%2Frobots.txt&w=64&q=75", "/_next/data/x/y.json"],
  ...["/.well-known/x", "/__nextjs_original-stack-frame", "/.env", "/.next/required-server-files.json"],
];

const AUTH = [
  ...["", "session", "csrf", "providers", "signin", "signin/credentials", "signin/oidc", "signin/constructor"],
  ...["callback", "callback/credentials", "callback/oidc", "callback/nobody", "callback/__proto__", "signout", "_log"],
  ...["error", "error?error=x", "verify-request", "a/b/c", "__proto__", BROKEN, "%00", "%0d%0aX: y", "%2e%2e/%2e%2e/"],
].map((path) => `/api/auth/${path}`);

export const RETURN_ADDRESSES = [
  ...[
    "javascript:alert(1)",
    "https://evil.example",
    "//evil.example",
    "http://[",
    "::",
    "",
    BROKEN,
    "%00",
    "/%0d%0a",
    "/日本",
  ],
  ...["/\\evil.example", "data:text/html,x", "http:", "https://", "%5C%5Cevil", "x".repeat(3000), "/%ED%A0%80"],
].map(encodeOnce);

const QUERIES = [
  ...RETURN_ADDRESSES.map((address) => `callbackUrl=${address}`),
  ...["callbackUrl=a&callbackUrl=b", "callbackUrl[]=x", `${BROKEN}=%`, "error=a&error=b&ended=__proto__", "_rsc=x"],
  ...[
    "nextauth=__proto__",
    "nextauth=x&nextauth=y",
    "cursor=%00",
    "cursor=e30",
    "limit=1e9",
    "limit=-1",
    "before=x&after=y",
  ],
  ...[
    "as=visitor",
    "as=__proto__",
    "before=9007199254740993",
    "after=%00",
    "&&&===",
    `a=${"%F0%9F%98%80".repeat(200)}`,
  ],
];

const TARGETS_IN_OTHER_FORMS = [
  "*",
  "http://evil.example/",
  "//",
  "//evil.example",
  "/\\evil.example",
  "/%00",
  "/%2e%2e/",
];

const SOCKETS = [
  "/socket.io/",
  "/socket.io/?EIO=4&transport=polling",
  "/socket.io/?EIO=4&transport=polling&sid=__proto__",
];

const HEALTH = ["/api/health", "/api/livez", "/api/readyz"];

/** @param apiPaths the paths of REST, with `:id` for ids */
export function targets(apiPaths: readonly string[]): readonly string[] {
  const ids = [ID, "x", "%00", BROKEN, "__proto__", "..%2f..", "0".repeat(2000)];
  const api = apiPaths.flatMap((path) =>
    path.includes(":") ? ids.map((id) => `/api${path.replace(/:\w+/g, id)}`) : [`/api${path}`],
  );
  return [
    ...PAGES,
    ...FILES,
    ...AUTH,
    ...api,
    ...SOCKETS,
    ...HEALTH,
    ...TARGETS_IN_OTHER_FORMS,
    `/${BROKEN}`,
    "/api/auth",
  ];
}

/** The same, each with a query. */
export function queried(paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) => QUERIES.map((query) => `${path}${path.includes("?") ? "&" : "?"}${query}`));
}

export const COOKIES = [
  ...RETURN_ADDRESSES.map((address) => `next-auth.callback-url=${address}`),
  ...[
    "next-auth.csrf-token=%7C",
    "next-auth.csrf-token=",
    "next-auth.session-token=x",
    "next-auth.session-token=a.b.c.d.e",
  ],
  ...["next-auth.session-token.0=a; next-auth.session-token.1=b", "=;;;=,%%%", "__proto__=1; constructor=2", BROKEN],
  ...[`messenger-crm.visitor=${BROKEN}`, "messenger-crm.visitor=a.b.c", "next-auth.session-token=", "NEXT_LOCALE=x"],
  ...["next-auth.pkce.code_verifier=x; next-auth.state=y; next-auth.nonce=z", `x=${"y".repeat(6000)}`, "\xff\xfe=\x80"],
];

const ROUTER_STATES = [
  "garbage",
  BROKEN,
  "[]",
  "{}",
  '["",{"children":[1,{}]}]',
  `${'["",{"a":'.repeat(400)}`,
  "%5B%22%22%2C%7B%7D%5D",
];

export const HEADERS: readonly (readonly [string, string])[] = [
  ...COOKIES.map((cookie) => ["Cookie", cookie] as const),
  ...ROUTER_STATES.map((state) => ["RSC: 1\r\nNext-Router-State-Tree", state] as const),
  ["Next-Action", "x"],
  ["Next-Action", "00".repeat(21)],
  ["RSC", "1"],
  ["RSC: 1\r\nNext-Router-Prefetch", "7"],
  ["RSC: 1\r\nNext-Router-Prefetch: 1\r\nNext-Router-Segment-Prefetch", `/${BROKEN}`],
  ["RSC: 1\r\nNext-Router-Prefetch: 1\r\nNext-Router-Segment-Prefetch", "/__proto__"],
  ["RSC: 1\r\nNext-Url", "::"],
  ["X-Forwarded-Host", "::"],
  ["X-Forwarded-Host", "evil.example, evil.example"],
  ["X-Forwarded-Proto", "gopher"],
  ["X-Forwarded-Port", "x"],
  ["Forwarded", "host=evil;proto=x"],
  ["Accept-Language", "\xff\xfe;q=x"],
  ["Accept-Language", "ja;q=1,".repeat(700)],
  ["Accept", "\x7f"],
  ["Accept-Encoding", "x, ".repeat(60)],
  ["Content-Encoding", "gzip"],
  ["x-middleware-subrequest", "src/proxy:src/proxy:src/proxy"],
  ["x-middleware-rewrite", "/x"],
  ["x-middleware-prefetch", "1"],
  ["x-nextjs-data", "1"],
  ["x-matched-path", "/500"],
  ["x-invoke-path", "/%"],
  ["x-invoke-status", "500"],
  ["x-now-route-matches", `x=${BROKEN}`],
  ["x-prerender-revalidate", "x"],
  ["x-messenger-client-address", "\xff"],
  ["Range", "bytes=9-1"],
  ["Range", "bytes=999999-"],
  ["If-Match", "x"],
  ["If-Unmodified-Since", "Thu, 01 Jan 1970 00:00:00 GMT"],
  ["If-Modified-Since", "x"],
  ["If-None-Match", '"'],
  ["If-Range", "x"],
  ["Expect", "100-continue"],
  ["Authorization", "Bearer \x80"],
  ["Upgrade", "h2c"],
  ["Upgrade", "h2c\r\nConnection: Upgrade"],
  ["Upgrade", "websocket\r\nConnection: Upgrade"],
  ["Sec-WebSocket-Version", "x"],
  ["traceparent", "zz"],
  ["Origin", "null"],
  ["Origin", "\xff"],
  ["Referer", "::"],
  ["User-Agent", "\x80".repeat(2000)],
];

const HOSTILE_FIELDS = [
  "",
  "\0",
  "\uD800",
  "__proto__",
  "x".repeat(5000),
  "' or 1=1 --",
  "\u202E",
  "/\uD800",
  "::",
  "%00",
];

/** Bodies with their content type. */
export const BODIES: readonly (readonly [string, string])[] = [
  ...[
    "{]",
    "",
    "null",
    "[]",
    "1",
    '"x"',
    "{}",
    '{"__proto__":{"x":1}}',
    '{"callbackUrl":{}}',
    '{"callbackUrl":1}',
    "\ufeff{}",
  ].map((body) => ["application/json", body] as const),
  ...HOSTILE_FIELDS.flatMap((value) => {
    const fields = {
      callbackUrl: value,
      email: value,
      password: value,
      name: value,
      token: value,
      csrfToken: value,
      json: value,
    };
    const form = new URLSearchParams(fields).toString();
    return [
      ["application/json", JSON.stringify(fields)],
      ["application/x-www-form-urlencoded", form],
      ["application/json; charset=utf-16", JSON.stringify(fields)],
    ] as const;
  }),
  ["application/json", "[".repeat(9000)],
  ["application/json", `{"a":${"[".repeat(7000)}${"]".repeat(7000)}}`],
  ["application/json", `{"x":"${"y".repeat(200_000)}"}`],
  ["application/x-www-form-urlencoded", `${BROKEN}=%&&==`],
  ["application/x-www-form-urlencoded; charset=nothing", "a=b"],
  ["multipart/form-data", "--x"],
  ["multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data\r\n\r\n"],
  ["text/plain;charset=UTF-8", "x"],
  ["\xff", "x"],
];

/** Writes characters that a request line cannot contain as bytes of UTF-8, and leaves escapes as they are. */
function encodeOnce(text: string): string {
  return text.replace(/[^\x21-\x7e]/g, encodeURIComponent);
}
