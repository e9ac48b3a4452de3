import { isIP } from "node:net";
import { z } from "zod";
import { contract } from "../../contract";

/**
 * Types of variables. Each message says what is expected and is shown as "NAME: expected …"; zod's own messages are never shown, because some
 * of them quote the value.
 */
export const text = (expected: string, pattern?: RegExp) =>
  z.string(expected).refine((value) => value !== "" && (pattern?.test(value) ?? true), expected);

export const integer = (min: number, max: number) => {
  const expected = `a whole number from ${min} to ${max}`;
  return text(expected, /^\d{1,9}$/)
    .transform(Number)
    .refine((value) => value >= min && value <= max, expected);
};

export const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, `one of ${values.join(", ")}`);

const ORIGIN = "an origin such as https://chat.example.com, with no path";

export const origin = (schemes: readonly string[] = ["http", "https"]) =>
  text(ORIGIN).refine((value) => isOrigin(value, schemes), ORIGIN);

export const origins = text(ORIGIN)
  .transform((value) => value.split(",").map((one) => one.trim()))
  .refine(
    (list) => list.every((one) => isOrigin(one, ["http", "https"])),
    "a comma-separated list of origins such as https://chat.example.com, with no path and no wildcard",
  );

export type SocketTransport = (typeof contract.container.socket.transports)[number];

const TRANSPORTS = contract.container.socket.transports;
const TRANSPORTS_RULE = `one or more of ${TRANSPORTS.join(", ")}, each once, separated by commas`;

export const transports = text(TRANSPORTS_RULE)
  .transform((value) => value.split(",").map((one) => one.trim()))
  .refine(
    (list): list is SocketTransport[] =>
      list.every((one) => TRANSPORTS.some((known) => known === one)) && new Set(list).size === list.length,
    TRANSPORTS_RULE,
  );

/** Whether the value equals what a browser sends in the Origin header: lower case, no default port, no slash. `URL.origin` does not support ws and wss. */
function isOrigin(value: string, schemes: readonly string[]): boolean {
  const url = parseUrl(value);
  if (url === undefined || !schemes.includes(url.protocol.slice(0, -1))) return false;
  return `${url.protocol}//${url.host}` === value && !url.host.includes("*");
}

/** The minimum length of an HS256 key is 256 bits (RFC 7518, 3.2). */
export const secret = text("32 or more characters", /^.{32,}$/s);

/** A secret of which two values are accepted while it is rotated; see identity/secret-values.ts. */
export const rotatedSecret = text(
  "32 or more characters without a comma, or two such values with a comma between",
  /^[^,]{32,}(,[^,]{32,})?$/,
);

const DATABASE_URL = "postgresql://user@host:port/database, with no option but sslmode and sslrootcert";

export interface DatabaseUrl {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string | undefined;
  readonly sslMode: "verify-full" | "disable" | undefined;
  readonly caFile: string | undefined;
}

export const databaseUrl = text(DATABASE_URL).transform((value, context): DatabaseUrl => {
  const parsed = readDatabaseUrl(value);
  if (typeof parsed !== "string") return parsed;
  context.addIssue({ code: "custom", message: parsed });
  return z.NEVER;
});

function readDatabaseUrl(value: string): DatabaseUrl | string {
  const url = parseUrl(value);
  const database = decode(url?.pathname.slice(1));
  const user = decode(url?.username);
  if (!url || !/^postgres(ql)?:$/.test(url.protocol) || !url.hostname || !database || !user) return DATABASE_URL;
  const { sslmode, sslrootcert, ...others } = Object.fromEntries(url.searchParams);
  if (Object.keys(others).length > 0) return DATABASE_URL;
  // libpq's weaker modes accept any certificate.
  if (sslmode !== undefined && sslmode !== "verify-full" && sslmode !== "disable") {
    return "sslmode=verify-full or sslmode=disable in the URL, or none";
  }
  return {
    host: hostOf(url),
    port: Number(url.port || 5432),
    database,
    user,
    password: decode(url.password),
    sslMode: sslmode,
    caFile: sslrootcert,
  };
}

const REDIS_URL = "redis://user@host:port, or rediss:// for TLS";

export interface RedisUrl {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly user: string | undefined;
  readonly password: string | undefined;
}

export const redisUrl = text(REDIS_URL).transform((value, context): RedisUrl => {
  const url = parseUrl(value);
  if (!url || !/^rediss?:$/.test(url.protocol) || !url.hostname || !/^\/?$/.test(url.pathname) || url.search) {
    context.addIssue({ code: "custom", message: REDIS_URL });
    return z.NEVER;
  }
  return {
    host: hostOf(url),
    port: Number(url.port || 6379),
    tls: url.protocol === "rediss:",
    user: decode(url.username),
    password: decode(url.password),
  };
});

/** Whether the host is this machine, so that traffic crosses no network. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

function parseUrl(value: string): URL | undefined {
  return URL.canParse(value) ? new URL(value) : undefined;
}

/** Removes the brackets of an IPv6 address, which a URL needs and a socket does not accept. */
function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "");
}

function decode(part: string | undefined): string | undefined {
  if (!part) return undefined;
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
