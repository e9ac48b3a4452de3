import { PriceError } from "./errors";

/** What the bill's usage-driven part is computed for: averages over the month. */
export interface Load {
  /** Open sockets. */
  readonly connections: number;
  /** Connections opened a second: sign-ins, reconnects, page loads. */
  readonly newConnectionsPerSec: number;
  /** Messages that people send, a second. */
  readonly messagesPerSec: number;
  /** Sockets that each message is delivered to. */
  readonly receiversPerMessage: number;
  /** Bytes of a message on the wire. */
  readonly messageBytes: number;
  /** HTTP requests a second beside the sockets: pages, assets, API. */
  readonly requestsPerSec: number;
  /** Bytes of an answer. */
  readonly responseBytes: number;
  /** GiB that the database holds beyond what is provisioned at the start, for engines that bill what is stored. */
  readonly databaseGiB: number;
  /** Share of the requests, 0 to 1, that the firewall blocks or counts: all that it logs where its filter drops the rest. */
  readonly suspiciousShare: number;
  /** GB a month from tasks to AWS's own services and the internet, image pulls and logs included. Answers to clients take another way. */
  readonly natGbPerMonth: number;
}

/** A small product team: some hundred people online, a message every other second. */
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

/** Reads `connections=2000,messagesPerSec=50` over the default load. @throws PriceError naming the key or value that is wrong */
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

/** GB a month that leave AWS for the internet. */
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

/** GB a month that clients send: messages. What they ask for weighs next to nothing. */
export function ingressGb({ messagesPerSec, messageBytes }: Load): number {
  return (messagesPerSec * messageBytes * SECONDS_PER_MONTH) / BYTES_PER_GB;
}

/** GB a month that messages weigh on their way between tasks and Redis: in once, out once to every other task. */
export function fanOutGb({ messagesPerSec, messageBytes }: Load, tasks: number): number {
  return (messagesPerSec * messageBytes * Math.max(0, tasks) * SECONDS_PER_MONTH) / BYTES_PER_GB;
}

/** HTTP requests a month as a firewall or load balancer counts them: an upgrade is one, whatever flows through it. */
export function requestsPerMonth({ requestsPerSec, newConnectionsPerSec }: Load): number {
  return (requestsPerSec + newConnectionsPerSec) * SECONDS_PER_MONTH;
}
