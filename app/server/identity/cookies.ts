import { parse } from "hono/utils/cookie";

/** Browsers keep some 4 KB in one cookie: a longer session comes in parts, `name.0`, `name.1`, … (next-auth's core/lib/cookie.js). */
const MAX_PARTS = 10;

/** A cookie's value, its parts put together. */
export function cookieOf(headers: Headers, name: string): string | undefined {
  const header = headers.get("cookie");
  if (header === null) return undefined;
  const cookies = parse(header);
  if (cookies[name] !== undefined) return cookies[name];
  const parts: string[] = [];
  for (let part = 0; part < MAX_PARTS; part += 1) {
    const value = cookies[`${name}.${part}`];
    if (value === undefined) break;
    parts.push(value);
  }
  return parts.length === 0 ? undefined : parts.join("");
}
