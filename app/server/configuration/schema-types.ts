import { isIP } from "node:net";
import { z } from "zod";

/**
 * Readers of one variable each. Their messages say what would be right and are completed to "NAME: expected …"; zod's own are never shown,
 * since some of them quote the value.
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

/** Exactly what a browser sends in the Origin header: lower case, no default port, no slash. URL has no `origin` for ws and wss. */
function isOrigin(value: string, schemes: readonly string[]): boolean {
  const url = parseUrl(value);
  if (url === undefined || !schemes.includes(url.protocol.slice(0, -1))) return false;
  return `${url.protocol}//${url.host}` === value && !url.host.includes("*");
}

/** Long enough for the key of a signature: HS256 wants 256 bits (RFC 7518, 3.2). */
export const secret = text("32 or more characters", /^.{32,}$/s);

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
  // The weaker modes of libpq accept any certificate.
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

/** Whether the host is this machine, where no network can be listened to. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

function parseUrl(value: string): URL | undefined {
  return URL.canParse(value) ? new URL(value) : undefined;
}

/** An IPv6 address without the brackets that a URL needs and a socket does not take. */
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
