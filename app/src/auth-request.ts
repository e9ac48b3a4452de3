import { refusal } from "../protocol";
import { isReturnAddress, MAX_BODY_BYTES } from "../server/pages/page-request";

interface AuthRequest {
  readonly method: string;
  readonly headers: Headers;
  /** A copy of the request, which next-auth reads itself. */
  clone(): Pick<Request, "body">;
  readonly nextUrl: { readonly searchParams: URLSearchParams };
}

/**
 * Returns the answer to a request that next-auth would answer with 500 and a stack trace in the log: malformed JSON, fields that are not text,
 * an address to return to that is none; `undefined` for any other.
 *
 * @param path the segments after /api/auth/
 */
export async function refuseAuthRequest(request: AuthRequest, path: readonly string[]): Promise<Response | undefined> {
  // next-auth's client reports its errors here; next-auth would write whatever anybody sends to the log.
  if (path[0] === "_log") return new Response(null, { status: 204 });
  if (request.method === "GET") {
    if (path[0] === "callback" && path[1] === "credentials") return refuse(405, "Send it by POST.", { Allow: "POST" });
    return hasUsableReturn(request.nextUrl.searchParams) ? undefined : refuse(400, "callbackUrl is not an address.");
  }
  const text = await textOf(request);
  if (text === "too long") return refuse(413, "The request is too long.");
  const fields = text && fieldsOf(text.body, request.headers.get("content-type") ?? "", path[0] === "session");
  if (fields === undefined) return refuse(400, "The request is not well-formed.");
  if (hasUsableReturn(request.nextUrl.searchParams) && hasUsableReturn(fields)) return undefined;
  return refuse(400, "callbackUrl is not an address.");
}

function refuse(status: number, message: string, headers: Record<string, string> = {}): Response {
  return Response.json(refusal("INVALID", message), { status, headers: { "Cache-Control": "no-store", ...headers } });
}

/** Reads a body to its end; `undefined` when the client cut it off. */
async function textOf(request: AuthRequest): Promise<{ readonly body: string } | "too long" | undefined> {
  const reader = request.clone().body?.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
      length += part.value.length;
      if (length > MAX_BODY_BYTES) return "too long";
      chunks.push(part.value);
    }
  } catch {
    return undefined;
  }
  return { body: Buffer.concat(chunks).toString("utf8") };
}

/** Parses a form or a JSON object of texts. @param withData whether the field `data` may have any content, as in an update of the session */
function fieldsOf(body: string, contentType: string, withData: boolean): URLSearchParams | undefined {
  // next-auth decides by the same words, and ignores any other body.
  if (!contentType.includes("application/json")) {
    return new URLSearchParams(contentType.includes("application/x-www-form-urlencoded") ? body : "");
  }
  try {
    const fields: unknown = JSON.parse(body);
    if (typeof fields !== "object" || fields === null || Array.isArray(fields)) return undefined;
    const entries = Object.entries(fields).filter(([name]) => !(withData && name === "data"));
    if (!entries.every(([, value]) => typeof value === "string")) return undefined;
    return new URLSearchParams(entries as [string, string][]);
  } catch {
    return undefined;
  }
}

function hasUsableReturn(fields: URLSearchParams): boolean {
  return fields.getAll("callbackUrl").every(isReturnAddress);
}
