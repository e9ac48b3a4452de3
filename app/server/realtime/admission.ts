import { type IncomingMessage } from "node:http";
import { type ServerOptions } from "socket.io";
import { clientAddress } from "../http/client-address";
import { type LocalQuota } from "../limits/local-quota";
import { type Limiter } from "../limits/limiter";
import { type ConnectionsByAddress } from "./connections-by-address";

export interface AdmissionOptions {
  /** Origins of pages that may open a socket, compared character by character. */
  readonly allowedOrigins: ReadonlySet<string>;
  readonly trustedProxyHops: number;
  /** Handshakes of an address that the limiter is not asked about. */
  readonly localQuota: LocalQuota;
  readonly handshakeLimiter: Limiter;
  readonly connectionsByAddress: ConnectionsByAddress;
}

type AllowRequest = NonNullable<ServerOptions["allowRequest"]>;

/**
 * Decides whether a handshake may begin, before any state is made for it. WebSockets are not covered by CORS, so the Origin is checked
 * here: a page of another site could otherwise open a socket from a victim's browser.
 */
export function createAdmission(options: AdmissionOptions): AllowRequest {
  return (request, decide) => {
    if (!isAllowedOrigin(request, options.allowedOrigins)) return decide("Forbidden", false);
    const address = clientAddress(request, options.trustedProxyHops);
    if (options.connectionsByAddress.isFull(address)) return decide("Too many connections", false);
    if (options.localQuota.take(address)) return decide(null, true);
    options.handshakeLimiter.consume(address).then(
      ({ allowed }) => (allowed ? decide(null, true) : decide("Too many handshakes", false)),
      () => decide("Forbidden", false),
    );
  };
}

/**
 * Browsers send Origin with every WebSocket and every request to another site. Only a polling request from our own page comes
 * without one, and then says so in Sec-Fetch-Site; anything else without an Origin is refused, as is `null`.
 */
function isAllowedOrigin({ headers, method }: IncomingMessage, allowed: ReadonlySet<string>): boolean {
  if (headers.origin !== undefined) return allowed.has(headers.origin);
  return headers.upgrade === undefined && method === "GET" && headers["sec-fetch-site"] === "same-origin";
}
