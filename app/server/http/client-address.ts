import { type IncomingMessage } from "node:http";

/**
 * Address of the client: the entry of X-Forwarded-For that the outermost of our own proxies wrote. Entries further left were
 * sent by the client and may be lies; with no trusted proxy the header is not read at all.
 *
 * @param trustedHops proxies between the internet and us that append to the header; 1 behind a load balancer
 */
export function clientAddress(request: Pick<IncomingMessage, "headers" | "socket">, trustedHops: number): string {
  const header = trustedHops === 0 ? undefined : request.headers["x-forwarded-for"];
  if (header === undefined) return peerOf(request);
  const entries = (Array.isArray(header) ? header.join(",") : header).split(",");
  // Fewer entries than trusted hops: somebody came around a proxy; the left-most is then the best known.
  const entry = entries[Math.max(0, entries.length - trustedHops)]?.trim();
  return entry === undefined || entry === "" ? peerOf(request) : entry;
}

/** A call to the system, which nobody behind a proxy needs. */
function peerOf({ socket }: Pick<IncomingMessage, "socket">): string {
  return socket.remoteAddress ?? "unknown";
}
