import { type ConnectionOptions } from "node:tls";
import { authoritiesFromFile, publicAuthorities } from "./certificate-authorities";
import { type Problem } from "./problems";
import { type DatabaseUrl, isLoopback } from "./schema-types";
import { type ParsedVariables } from "./variable-schemas";

export type DatabaseConfiguration = EmbeddedConfiguration | PostgresConfiguration;

export interface EmbeddedConfiguration {
  readonly kind: "embedded";
  /** Folder of the database's files. */
  readonly directory: string;
  /** Password of the demo accounts, which only the embedded database has. */
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
  /** Maximum number of connections of this process. @default POSTGRES_LIMITS.connections */
  readonly connections: number | undefined;
  readonly tls: ConnectionOptions | false;
  readonly auth: DatabaseAuth;
}

export type DatabaseAuth =
  | { readonly kind: "iam"; readonly region: string }
  /** An ARN's own region takes precedence over `region`. */
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

/** Returns the database's configuration; `undefined`, with a problem added, when it is invalid or missing. */
export function databaseOf(
  values: ParsedVariables,
  production: boolean,
  problems: Problem[],
  development?: DevelopmentDatabase,
): DatabaseConfiguration | undefined {
  const url = values.DATABASE_URL;
  if (url === undefined) {
    const malformed = problems.some(({ variable }) => variable === "DATABASE_URL");
    return development === undefined || malformed ? undefined : { kind: "embedded", ...development };
  }
  const auth = databaseAuthOf(values, url, problems);
  const tls = databaseTlsOf(values, url, production, problems);
  if (auth === undefined || tls === undefined) return undefined;
  const { host, port, database, user } = url;
  return { kind: "postgres", host, port, database, user, connections: values.DATABASE_CONNECTIONS, tls, auth };
}

function databaseAuthOf(values: ParsedVariables, url: DatabaseUrl, problems: Problem[]): DatabaseAuth | undefined {
  const kind = values.DATABASE_AUTH ?? "none";
  if (kind === "none") return { kind, password: url.password };
  if (url.password !== undefined) {
    problems.push({ variable: "DATABASE_URL", expected: `no password in it, since DATABASE_AUTH is ${kind}` });
  }
  const region = values.AWS_REGION;
  if (kind === "secret") {
    const secretArn = values.DATABASE_SECRET_ARN;
    if (secretArn !== undefined) return { kind, region, secretArn };
    problems.push({ variable: "DATABASE_SECRET_ARN", expected: "a value, since DATABASE_AUTH is secret" });
    return undefined;
  }
  if (region === undefined) {
    problems.push({ variable: "AWS_REGION", expected: "a value, since DATABASE_AUTH is iam" });
    return undefined;
  }
  return { kind, region };
}

/** Returns the TLS options. Unencrypted connections are allowed on loopback, and in development when the URL asks for it. */
function databaseTlsOf(
  values: ParsedVariables,
  { host, sslMode, caFile }: DatabaseUrl,
  production: boolean,
  problems: Problem[],
): ConnectionOptions | false | undefined {
  const plain = (sslMode ?? (isLoopback(host) ? "disable" : "verify-full")) === "disable";
  if (plain && production && !isLoopback(host)) {
    problems.push({ variable: "DATABASE_URL", expected: "sslmode=verify-full: this host is reached over a network" });
    return undefined;
  }
  if (plain) return false;
  const variable = values.DATABASE_CA_FILE === undefined ? "DATABASE_URL" : "DATABASE_CA_FILE";
  return tlsOf(host, values.DATABASE_CA_FILE ?? caFile, variable, problems);
}

export function redisOf(
  values: ParsedVariables,
  production: boolean,
  problems: Problem[],
): RedisConfiguration | undefined {
  const { REDIS_URL: url, SOCKET_ADAPTER: adapter, AWS_REGION: region } = values;
  if (adapter === "in-memory") return undefined;
  if (url === undefined) {
    // In a deployed environment it is reported as missing already, and a malformed one has its own problem.
    if (!production && problems.every(({ variable }) => variable !== "REDIS_URL")) {
      problems.push({ variable: "REDIS_URL", expected: "a value, since SOCKET_ADAPTER is not in-memory" });
    }
    return undefined;
  }
  const { host, port, user, password } = url;
  if (production && !url.tls && !isLoopback(host)) {
    problems.push({ variable: "REDIS_URL", expected: "rediss://: this host is reached over a network" });
  }
  const tls = url.tls ? tlsOf(host, values.REDIS_CA_FILE, "REDIS_CA_FILE", problems) : false;
  if (tls === undefined) return undefined;
  if (values.REDIS_AUTH !== "iam") return { host, port, tls, user, auth: { kind: "none", password } };
  if (user !== undefined && password === undefined && url.tls && region !== undefined) {
    return { host, port, tls, user, auth: { kind: "iam", region, user } };
  }
  if (region === undefined) problems.push({ variable: "AWS_REGION", expected: "a value, since REDIS_AUTH is iam" });
  else
    problems.push({
      variable: "REDIS_URL",
      expected: "rediss://user@host:port without a password, since REDIS_AUTH is iam",
    });
  return undefined;
}

function tlsOf(
  host: string,
  caFile: string | undefined,
  variable: string,
  problems: Problem[],
): ConnectionOptions | undefined {
  try {
    return {
      // Created once: parsing about 250 CA certificates for each connection is slow.
      secureContext: caFile === undefined ? publicAuthorities() : authoritiesFromFile(caFile),
      rejectUnauthorized: true,
      // Needed because the driver passes its own socket: Node would otherwise check the certificate of an IP address against "localhost".
      host,
    };
  } catch {
    problems.push({ variable, expected: "the path of a PEM file that can be read" });
    return undefined;
  }
}
