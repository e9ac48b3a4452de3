import { type IncomingMessage } from "node:http";
import { refusal, type Refusal } from "../../protocol";

/** Why a request does not reach Next. */
export interface PageRefusal {
  readonly status: 400 | 405 | 413;
  /** The methods that are allowed, with status 405. */
  readonly allow?: string;
  readonly body: Refusal;
}

type PageRequest = Pick<IncomingMessage, "method" | "url" | "headers">;

/** next-auth's own routes; everything else that Next serves is a page or a file. */
const AUTH = "/api/auth/";
const AUTH_METHODS = ["GET", "POST"];
const PAGE_METHODS = ["GET", "HEAD"];

/** Longest body of a request to next-auth, in bytes: an e-mail address, a password and an address to return to. */
export const MAX_BODY_BYTES = 16 * 1024;

/**
 * Refuses a request that Next or next-auth would answer with 500 and a stack trace in the log: anybody can send those, and errors of the server
 * roll a deployment back. Found by sending every method, target and header (`__tests__/e2e/hostile-requests.test.ts`).
 */
export function refusePageRequest({ method = "", url = "", headers }: PageRequest): PageRefusal | undefined {
  const [path = ""] = url.split("?", 1);
  if (!isWellFormed(path)) return { status: 400, body: refusal("INVALID", "The address is not well-formed.") };
  const allowed = path.startsWith(AUTH) ? AUTH_METHODS : PAGE_METHODS;
  // Next keeps a body in memory before next-auth's route can count its bytes; next.config.ts limits those of unknown length.
  if (Number(headers["content-length"] ?? 0) > MAX_BODY_BYTES) {
    return { status: 413, body: refusal("INVALID", "The request is too long.") };
  }
  if (allowed.includes(method)) return undefined;
  return { status: 405, allow: allowed.join(", "), body: refusal("INVALID", "This address has no such method.") };
}

/** Whether it is a path (not `*` or a whole URL) of printable text. */
function isWellFormed(path: string): boolean {
  if (!path.startsWith("/")) return false;
  try {
    return !/\p{Cc}/u.test(decodeURIComponent(path));
  } catch {
    return false;
  }
}

/** Parts of files and conditions on their version, which browsers send for media and downloads; there are none. */
const UNUSED_HEADERS = ["range", "if-range", "if-match", "if-unmodified-since"];

/** next-auth's cookie of where to return to, with and without https. */
const RETURN_COOKIE = /^\s*(?:__Secure-)?next-auth\.callback-url=(.*)$/s;

/** Removes headers whose values Next or next-auth would answer with 500; none of them is needed. Without them a page is complete. */
export function removeUnusableHeaders({ headers }: PageRequest): void {
  for (const name of UNUSED_HEADERS) delete headers[name];
  if (!isRouterState(headers["next-router-state-tree"])) delete headers["next-router-state-tree"];
  if (headers.cookie?.includes("next-auth.callback-url=")) {
    headers.cookie = headers.cookie
      .split(";")
      .filter((cookie) => isReturnAddress(decoded(RETURN_COOKIE.exec(cookie)?.[1] ?? "/")))
      .join(";");
  }
}

/** Whether next-auth can use it as the address to return to: a path, or a URL of http or https, in ASCII as browsers write it. */
export function isReturnAddress(text: string | undefined): boolean {
  if (text === undefined || !/^[\x21-\x7e]*$/.test(text)) return false;
  return text === "" || text.startsWith("/")
    ? URL.canParse(text, "http://site")
    : /^https?:/i.test(text) && URL.canParse(text);
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Our pages are nested three levels deep. */
const MAX_ROUTER_DEPTH = 20;

function isRouterState(header: string | string[] | undefined): boolean {
  if (typeof header !== "string") return false;
  try {
    return isRouterNode(JSON.parse(decodeURIComponent(header)), 0);
  } catch {
    return false;
  }
}

/** The shape that Next checks (16.4: server/app-render/types.js), without dynamic segments, of which this app has none. */
function isRouterNode(node: unknown, depth: number): boolean {
  if (!Array.isArray(node) || node.length < 2 || node.length > 6 || depth > MAX_ROUTER_DEPTH) return false;
  const [segment, children, address, refresh, hints, rest] = node as unknown[];
  return (
    typeof segment === "string" &&
    isRecord(children) &&
    Object.values(children).every((child) => isRouterNode(child, depth + 1)) &&
    (address == null || (Array.isArray(address) && address.length === 2 && address.every(isText))) &&
    (refresh == null || ["refetch", "inside-shared-layout", "metadata-only"].includes(refresh as string)) &&
    (hints == null || typeof hints === "number") &&
    (rest === undefined || isText(rest))
  );
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
