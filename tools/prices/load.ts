import { PriceError } from "./errors";

/** The load that the usage-driven part of a bill is computed for: averages over the month. */
export interface Load {
  /** Open connections. */
  readonly connections: number;
  /** New connections a second: sign-ins, reconnects, page loads. */
  readonly newConnectionsPerSec: number;
  /** Messages sent a second. */
  readonly messagesPerSec: number;
  /** Connections that each message is delivered to. */
  readonly receiversPerMessage: number;
  /** Bytes of a message on the wire. */
  readonly messageBytes: number;
  /** HTTP requests a second: pages, assets, API. */
  readonly requestsPerSec: number;
  /** Bytes of an HTTP response. */
  readonly responseBytes: number;
  /** GiB stored in the database, for engines that bill storage by use. */
  readonly databaseGiB: number;
  /** Share of the requests, 0 to 1, that WAF blocks or counts; the only ones it logs where a filter drops the rest. */
  readonly suspiciousShare: number;
  /** GB a month from tasks through NAT to AWS services and the internet, image pulls and logs included; responses to clients are not. */
  readonly natGbPerMonth: number;
}

/** A small product: a few hundred people online, a message every other second. */
export const DEFAULT_LOAD: Load = {
  connections: 500,
  newConnectionsPerSec: 0.5,
  messagesPerSec: 0.5,
  receiversPerMessage: 3,
  messageBytes: 600,
  requestsPerSec: 2,
  responseBytes: 20_000,
  databaseGiB: 10,
  suspiciousShare: 0.01,
  natGbPerMonth: 10,
};

export const SECONDS_PER_MONTH = 730 * 3600;
const BYTES_PER_GB = 1e9;

/** Parses `connections=2000,messagesPerSec=50`; other values come from the default load. @throws PriceError naming the key or value that is wrong */
export function parseLoad(text: string | undefined): Load {
  if (text === undefined || text.trim() === "") return DEFAULT_LOAD;
  const given = text.split(",").map((pair) => {
    const [key = "", value = ""] = pair.split("=").map((part) => part.trim());
    if (!(key in DEFAULT_LOAD)) {
      const known = Object.keys(DEFAULT_LOAD).join(", ");
      throw new PriceError(`--load ${key}: expected one of ${known}, got ${JSON.stringify(key)}.`);
    }
    const number = Number(value);
    if (value === "" || !Number.isFinite(number) || number < 0) {
      throw new PriceError(`--load ${key}: expected a number of 0 or more, got ${JSON.stringify(value)}.`);
    }
    return [key, number] as const;
  });
  return { ...DEFAULT_LOAD, ...Object.fromEntries(given) };
}

/** Returns the GB a month from AWS to the internet. */
export function egressGb({
  messagesPerSec,
  receiversPerMessage,
  messageBytes,
  requestsPerSec,
  responseBytes,
}: Load): number {
  const bytesPerSec = messagesPerSec * receiversPerMessage * messageBytes + requestsPerSec * responseBytes;
  return (bytesPerSec * SECONDS_PER_MONTH) / BYTES_PER_GB;
}

/** Returns the GB a month that clients send. Counts messages only; requests are negligible. */
export function ingressGb({ messagesPerSec, messageBytes }: Load): number {
  return (messagesPerSec * messageBytes * SECONDS_PER_MONTH) / BYTES_PER_GB;
}

/** Returns the GB a month of messages between tasks and Redis: each is published once and delivered to every other task. */
export function fanOutGb({ messagesPerSec, messageBytes }: Load, tasks: number): number {
  return (messagesPerSec * messageBytes * Math.max(0, tasks) * SECONDS_PER_MONTH) / BYTES_PER_GB;
}

/** Returns the HTTP requests a month as WAF or a load balancer counts them: a WebSocket is one request. */
export function requestsPerMonth({ requestsPerSec, newConnectionsPerSec }: Load): number {
  return (requestsPerSec + newConnectionsPerSec) * SECONDS_PER_MONTH;
}
