import { type ConnectionOptions } from "node:tls";
import { authoritiesIn, knownAuthorities } from "./certificate-authorities";
import { type Fault } from "./faults";
import { type DatabaseUrl, isLoopback } from "./values";
import { type Values } from "./variables";

export type DatabaseConfiguration = EmbeddedConfiguration | PostgresConfiguration;

export interface EmbeddedConfiguration {
  readonly kind: "embedded";
  /** Folder of its files. */
  readonly directory: string;
  /** Password of the demo accounts, which exist there alone. */
  readonly demoPassword: string;
}

export interface DevelopmentDatabase {
  readonly directory: string;
  readonly demoPassword: string;
}

export interface PostgresConfiguration {
  readonly kind: "postgres";
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  /** Most connections of this process; `undefined` for the default. */
  readonly connections: number | undefined;
  readonly tls: ConnectionOptions | false;
  readonly auth: DatabaseAuth;
}

export type DatabaseAuth =
  | { readonly kind: "iam"; readonly region: string }
  /** The region of an ARN is its own. */
  | { readonly kind: "secret"; readonly region: string | undefined; readonly secretArn: string }
  | { readonly kind: "none"; readonly password: string | undefined };

export interface RedisConfiguration {
  readonly host: string;
  readonly port: number;
  readonly tls: ConnectionOptions | false;
  readonly user: string | undefined;
  readonly auth:
    | { readonly kind: "iam"; readonly region: string; readonly user: string }
    | { readonly kind: "none"; readonly password: string | undefined };
}

/** @returns undefined, with a fault added, when there is no working database in it */
export function databaseOf(
  values: Values,
  production: boolean,
  faults: Fault[],
  development?: DevelopmentDatabase,
): DatabaseConfiguration | undefined {
  const url = values.DATABASE_URL;
  if (url === undefined) {
    const malformed = faults.some(({ variable }) => variable === "DATABASE_URL");
    return development === undefined || malformed ? undefined : { kind: "embedded", ...development };
  }
  const auth = databaseAuthOf(values, url, faults);
  const tls = databaseTlsOf(values, url, production, faults);
  if (auth === undefined || tls === undefined) return undefined;
  const { host, port, database, user } = url;
  return { kind: "postgres", host, port, database, user, connections: values.DATABASE_CONNECTIONS, tls, auth };
}

function databaseAuthOf(values: Values, url: DatabaseUrl, faults: Fault[]): DatabaseAuth | undefined {
  const kind = values.DATABASE_AUTH ?? "none";
  if (kind === "none") return { kind, password: url.password };
  if (url.password !== undefined) {
    faults.push({ variable: "DATABASE_URL", expected: `no password in it, since DATABASE_AUTH is ${kind}` });
  }
  const region = values.AWS_REGION;
  if (kind === "secret") {
    const secretArn = values.DATABASE_SECRET_ARN;
    if (secretArn !== undefined) return { kind, region, secretArn };
    faults.push({ variable: "DATABASE_SECRET_ARN", expected: "a value, since DATABASE_AUTH is secret" });
    return undefined;
  }
  if (region === undefined) {
    faults.push({ variable: "AWS_REGION", expected: "a value, since DATABASE_AUTH is iam" });
    return undefined;
  }
  return { kind, region };
}

/** Verified TLS, unless nobody can listen (loopback) or nobody's data is there (development, by the URL's own word). */
function databaseTlsOf(
  values: Values,
  { host, sslMode, caFile }: DatabaseUrl,
  production: boolean,
  faults: Fault[],
): ConnectionOptions | false | undefined {
  const plain = (sslMode ?? (isLoopback(host) ? "disable" : "verify-full")) === "disable";
  if (plain && production && !isLoopback(host)) {
    faults.push({ variable: "DATABASE_URL", expected: "sslmode=verify-full: this host is reached over a network" });
    return undefined;
  }
  if (plain) return false;
  const variable = values.DATABASE_CA_FILE === undefined ? "DATABASE_URL" : "DATABASE_CA_FILE";
  return tlsOf(host, values.DATABASE_CA_FILE ?? caFile, variable, faults);
}

export function redisOf(values: Values, production: boolean, faults: Fault[]): RedisConfiguration | undefined {
  const { REDIS_URL: url, SOCKET_ADAPTER: adapter, AWS_REGION: region } = values;
  if (adapter === "in-memory") return undefined;
  if (url === undefined) {
    // In a deployed environment it is required already, and a malformed one has its fault.
    if (!production && faults.every(({ variable }) => variable !== "REDIS_URL")) {
      faults.push({ variable: "REDIS_URL", expected: "a value, since SOCKET_ADAPTER is not in-memory" });
    }
    return undefined;
  }
  const { host, port, user, password } = url;
  if (production && !url.tls && !isLoopback(host)) {
    faults.push({ variable: "REDIS_URL", expected: "rediss://: this host is reached over a network" });
  }
  const tls = url.tls ? tlsOf(host, values.REDIS_CA_FILE, "REDIS_CA_FILE", faults) : false;
  if (tls === undefined) return undefined;
  if (values.REDIS_AUTH !== "iam") return { host, port, tls, user, auth: { kind: "none", password } };
  if (user !== undefined && password === undefined && url.tls && region !== undefined) {
    return { host, port, tls, user, auth: { kind: "iam", region, user } };
  }
  if (region === undefined) faults.push({ variable: "AWS_REGION", expected: "a value, since REDIS_AUTH is iam" });
  else
    faults.push({
      variable: "REDIS_URL",
      expected: "rediss://user@host:port without a password, since REDIS_AUTH is iam",
    });
  return undefined;
}

function tlsOf(
  host: string,
  caFile: string | undefined,
  variable: string,
  faults: Fault[],
): ConnectionOptions | undefined {
  try {
    return {
      // Made once: some 250 certificates would be parsed anew for each connection.
      secureContext: caFile === undefined ? knownAuthorities() : authoritiesIn(caFile),
      rejectUnauthorized: true,
      // Said again here, since Node would compare the certificate of an address with "localhost" where the driver brings its own socket.
      host,
    };
  } catch {
    faults.push({ variable, expected: "the path of a PEM file that can be read" });
    return undefined;
  }
}
