import { type IncomingMessage } from "node:http";

/**
 * Returns the client's address: the entry of X-Forwarded-For that the outermost trusted proxy wrote. Entries further left come from the
 * client and cannot be trusted; without a trusted proxy the header is ignored.
 *
 * @param trustedHops proxies between the internet and this server that append to the header; 1 behind a load balancer
 */
export function clientAddress(request: Pick<IncomingMessage, "headers" | "socket">, trustedHops: number): string {
  const header = trustedHops === 0 ? undefined : request.headers["x-forwarded-for"];
  if (header === undefined) return peerOf(request);
  const entries = (Array.isArray(header) ? header.join(",") : header).split(",");
  // With fewer entries than trusted hops, a proxy was bypassed; the leftmost entry is then the best one known.
  const entry = entries[Math.max(0, entries.length - trustedHops)]?.trim();
  return entry === undefined || entry === "" ? peerOf(request) : entry;
}

/** A system call, made only when the header does not answer. */
function peerOf({ socket }: Pick<IncomingMessage, "socket">): string {
  return socket.remoteAddress ?? "unknown";
}
