import { join } from "node:path";
import { type SecretVariable } from "../../contract";
import { contract } from "../../contract";
import { type DatabaseConfiguration, databaseOf, type RedisConfiguration, redisOf } from "./dependencies";
import { developmentDefaults, developmentSecrets } from "./development";
import { ConfigurationError, type Problem } from "./problems";
import { type SocketTransport } from "./schema-types";
import { OPTIONAL, variableSchemas, type ParsedVariables } from "./variable-schemas";

export interface Configuration {
  /** Whether this is a deployed environment, where variables have no defaults. */
  readonly production: boolean;
  readonly port: number;
  readonly hostname: string;
  readonly region: string | undefined;
  readonly serviceName: string;
  /** The site's origin, in the form that browsers send. */
  readonly publicOrigin: string;
  /** Origins of pages that may open a socket or change anything by REST. */
  readonly allowedOrigins: readonly string[];
  readonly socketUrl: string;
  readonly database: DatabaseConfiguration;
  /** `undefined` with the in-memory adapter. */
  readonly redis: RedisConfiguration | undefined;
  readonly adapter: "in-memory" | "redis" | "sharded-redis";
  readonly logLevel: NonNullable<ParsedVariables["LOG_LEVEL"]>;
  readonly secrets: Readonly<Record<SecretVariable, string>>;
  readonly oidc: OidcConfiguration | undefined;
  readonly trustedProxyHops: number;
  /** `undefined` where this process is the only one of its machine that a proxy knows. */
  readonly processNumber: number | undefined;
  /** Socket.IO transports that clients may use. */
  readonly transports: readonly SocketTransport[];
  /** Whether the server migrates the database before it listens. */
  readonly migrateAtStart: boolean;
}

export interface OidcConfiguration {
  readonly issuer: string;
  readonly clientId: string;
  /** `undefined` for a public client, which uses PKCE only. */
  readonly clientSecret: string | undefined;
}

export interface DevelopmentOptions {
  /** Folder of the embedded database and the generated secrets. */
  readonly folder: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the configuration from environment variables. In a deployed environment (NODE_ENV=production) each variable must be set; elsewhere there
 * are defaults that need nothing but Node.
 * @throws ConfigurationError with every problem, by the variable's name and never its value
 */
export function readConfiguration(environment: Environment, development: DevelopmentOptions): Configuration {
  const production = environment["NODE_ENV"] === "production";
  const problems: Problem[] = [];
  const generated = production ? undefined : developmentSecrets(development.folder);
  const given = generated === undefined ? environment : withDefaults(environment, generated.secrets);
  const values = parseVariables(given, problems);
  const requiredNames = production ? requiredInProduction(values) : ["NODE_ENV"];
  requireAll(requiredNames, given, problems);
  const embedded = generated && {
    directory: join(development.folder, "postgres"),
    demoPassword: generated.demoPassword,
  };
  const database = databaseOf(values, production, problems, embedded);
  const redis = redisOf(values, production, problems);
  const oidc = oidcOf(values, problems);
  if (problems.length > 0 || database === undefined) throw new ConfigurationError(firstProblemOfEach(problems));
  return {
    production,
    port: required(values, "PORT"),
    hostname: required(values, "HOSTNAME"),
    region: values.AWS_REGION,
    serviceName: required(values, "SERVICE_NAME"),
    publicOrigin: required(values, "NEXTAUTH_URL"),
    allowedOrigins: required(values, "ALLOWED_ORIGINS"),
    socketUrl: required(values, "NEXT_PUBLIC_SOCKET_URL"),
    database,
    redis,
    adapter: required(values, "SOCKET_ADAPTER"),
    logLevel: required(values, "LOG_LEVEL"),
    secrets: {
      NEXTAUTH_SECRET: required(values, "NEXTAUTH_SECRET"),
      SOCKET_TICKET_SECRET: required(values, "SOCKET_TICKET_SECRET"),
      VISITOR_TOKEN_SECRET: required(values, "VISITOR_TOKEN_SECRET"),
      NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: required(values, "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY"),
    },
    oidc,
    trustedProxyHops: values.TRUSTED_PROXY_HOPS ?? (production ? 1 : 0),
    processNumber: values.PROCESS_NUMBER,
    transports: values.SOCKET_TRANSPORTS ?? contract.container.socket.transports,
    migrateAtStart: values.MIGRATE_AT_START === "true",
  };
}

/** Keeps the first problem of each variable: an invalid one is also reported as missing afterwards. */
export function firstProblemOfEach(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(
    ({ variable }, index) => problems.findIndex((problem) => problem.variable === variable) === index,
  );
}

/** Parses each variable that is set. An empty one counts as not set, because many tools unset variables that way. */
export function parseVariables(environment: Environment, problems: Problem[]): ParsedVariables {
  const values: Record<string, unknown> = {};
  for (const [variable, schema] of Object.entries(variableSchemas)) {
    const given = environment[variable];
    if (given === undefined || given === "") continue;
    const result = schema.safeParse(given);
    if (result.success) values[variable] = result.data;
    else problems.push({ variable, expected: result.error.issues[0]?.message ?? "another value" });
  }
  return values;
}

export function requireAll(variables: readonly string[], environment: Environment, problems: Problem[]): void {
  for (const variable of variables) {
    if (!environment[variable]) problems.push({ variable, expected: "a value" });
  }
}

function requiredInProduction(values: ParsedVariables): readonly string[] {
  const notNeeded = values.SOCKET_ADAPTER === "in-memory" ? ["REDIS_URL", "REDIS_AUTH"] : [];
  return [...Object.keys(contract.container.environment), ...Object.keys(contract.secrets)].filter(
    (variable) => !OPTIONAL.has(variable) && !notNeeded.includes(variable),
  );
}

function withDefaults(environment: Environment, secrets: Environment): Environment {
  const set = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""),
  );
  return { ...secrets, ...developmentDefaults(set), ...set };
}

function oidcOf(values: ParsedVariables, problems: Problem[]): OidcConfiguration | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = values;
  if (issuer === undefined && clientId === undefined && clientSecret === undefined) return undefined;
  if (issuer !== undefined && clientId !== undefined) return { issuer, clientId, clientSecret };
  const variable = issuer === undefined ? "OIDC_ISSUER" : "OIDC_CLIENT_ID";
  problems.push({ variable, expected: "a value, since another OIDC variable is set" });
  return undefined;
}

/** Returns a variable that `requireAll` has checked. @throws Error when it was not checked, which is a bug */
function required<V extends keyof ParsedVariables>(
  values: ParsedVariables,
  variable: V,
): NonNullable<ParsedVariables[V]> {
  const value = values[variable];
  if (value === undefined) throw new Error(`${variable} was not required`);
  return value;
}
