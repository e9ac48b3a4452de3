import { type IncomingMessage } from "node:http";
import { type ServerOptions } from "socket.io";
import { clientAddress } from "../http/client-address";
import { type Limiter } from "../limits/limiter";
import { type LocalQuota } from "../limits/local-quota";
import { type ConnectionsByAddress } from "./connections-by-address";

export interface AdmissionOptions {
  /** Origins of pages that may open a socket, compared character by character. */
  readonly allowedOrigins: ReadonlySet<string>;
  readonly trustedProxyHops: number;
  /** Handshakes of an address that do not ask the limiter. */
  readonly localQuota: LocalQuota;
  readonly handshakeLimiter: Limiter;
  readonly connectionsByAddress: ConnectionsByAddress;
}

type AllowRequest = NonNullable<ServerOptions["allowRequest"]>;

/**
 * Decides whether a handshake may begin, before any state exists for it. It checks the Origin header, because CORS does not cover
 * WebSockets: a page of another site could otherwise open a socket from a victim's browser.
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
 * Browsers send Origin with every WebSocket and every cross-site request. Only a polling request of our own page comes without it, and then
 * has Sec-Fetch-Site; any other request without Origin is refused, and so is the origin `null`.
 */
function isAllowedOrigin({ headers, method }: IncomingMessage, allowed: ReadonlySet<string>): boolean {
  if (headers.origin !== undefined) return allowed.has(headers.origin);
  return headers.upgrade === undefined && method === "GET" && headers["sec-fetch-site"] === "same-origin";
}
