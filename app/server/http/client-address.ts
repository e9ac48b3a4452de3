import { type IncomingMessage } from "node:http";
import { isIPv6 } from "node:net";

/**
 * Returns the client's address, by which calls are counted: an IPv4 address, or the /64 network of an IPv6 address, since one subscriber has at
 * least one such network (RFC 6177) and could use another address for each call. It is the entry of X-Forwarded-For that the outermost trusted proxy wrote. Entries further left come from the
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
  return entry === undefined || entry === "" ? peerOf(request) : networkOf(entry);
}

/** A system call, made only when the header does not answer. */
function peerOf({ socket }: Pick<IncomingMessage, "socket">): string {
  return networkOf(socket.remoteAddress ?? "unknown");
}

const GROUPS = 8;
const GROUPS_OF_NETWORK = 4;

function networkOf(address: string): string {
  // Most addresses are of IPv4; a load balancer may append the client's port to them.
  if (!address.includes(":")) return address;
  const ipv4 = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)(?::\d+)?$/i.exec(address)?.[1];
  if (ipv4 !== undefined) return ipv4;
  const ipv6 = /^\[?([0-9a-f:.]+)(?:%[^\]]*)?(?:\]:\d+)?\]?$/i.exec(address)?.[1];
  if (ipv6 === undefined || !isIPv6(ipv6)) return address;
  const [head = "", tail] = ipv6.toLowerCase().split("::");
  const groups = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? 0 : tail.split(":").length + (tail.includes(".") ? 1 : 0);
  if (tail !== undefined)
    groups.push(...Array.from({ length: Math.max(0, GROUPS - after - groups.length) }, () => "0"));
  if (tail !== undefined && tail !== "") groups.push(...tail.split(":"));
  const network = groups.slice(0, GROUPS_OF_NETWORK).map((group) => group.replace(/^0+(?=.)/, ""));
  return `${network.join(":")}::/64`;
}
