import { parse } from "hono/utils/cookie";

/** A cookie holds about 4 KB; next-auth splits a longer session into `name.0`, `name.1`, … (its core/lib/cookie.js). */
const MAX_PARTS = 10;

/** Returns a cookie's value; joins the parts of a split one. */
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
