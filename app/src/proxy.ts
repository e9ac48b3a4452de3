import { type NextRequest, NextResponse } from "next/server";
import { contentSecurityPolicy } from "./security-headers";
import { socketUrl } from "./socket-url";

/** Gives each page a content security policy with its own nonce. Next reads it from the request and adds the nonce to its scripts. */
export function proxy(request: NextRequest): NextResponse {
  const policy = contentSecurityPolicy({
    nonce: btoa(crypto.randomUUID()),
    dev: process.env.NODE_ENV === "development",
    origin: process.env["NEXTAUTH_URL"] ?? request.nextUrl.origin,
    socketUrl: socketUrl(),
  });
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

export const config = {
  // Static files contain no inline scripts; the page for a lost connection has a policy of its own, in next.config.ts.
  matcher: ["/((?!_next/static|_next/image|robots.txt|icon.svg|service-worker.js|offline\\.).*)"],
};
