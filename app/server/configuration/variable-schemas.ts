import { type z } from "zod";
import {
  contract,
  type EnvironmentVariable,
  type OptionalEnvironmentVariable,
  type OptionalSecretVariable,
  type SecretVariable,
} from "../../contract";
import {
  databaseUrl,
  integer,
  oneOf,
  origin,
  origins,
  redisUrl,
  rotatedSecret,
  secret,
  text,
  transports,
} from "./schema-types";

type Variable = EnvironmentVariable | OptionalEnvironmentVariable | SecretVariable | OptionalSecretVariable;

/** The schema of each variable of the contract; a missing or an additional one does not compile. */
export const variableSchemas = {
  NODE_ENV: oneOf(["production", "development", "test"]),
  PORT: integer(0, 65_535),
  HOSTNAME: text("an address to bind, such as 0.0.0.0"),
  AWS_REGION: text("an AWS region such as ap-northeast-1", /^[a-z]{2}(-[a-z]+)+-\d$/),
  SERVICE_NAME: text("the name of this deployment, at most 255 characters", /^[\x20-\x7E]{1,255}$/),
  NEXTAUTH_URL: origin(),
  ALLOWED_ORIGINS: origins,
  NEXT_PUBLIC_SOCKET_URL: origin(["ws", "wss", "http", "https"]),
  DATABASE_URL: databaseUrl,
  DATABASE_AUTH: oneOf(["iam", "secret", "none"]),
  REDIS_URL: redisUrl,
  REDIS_AUTH: oneOf(["iam", "none"]),
  SOCKET_ADAPTER: oneOf(["in-memory", "redis", "sharded-redis"]),
  LOG_LEVEL: oneOf(["fatal", "error", "warn", "info", "debug", "trace", "silent"]),
  DATABASE_SECRET_ARN: text("the ARN or name of a secret in Secrets Manager", /^[\w/+=.@:!-]{1,2048}$/),
  DATABASE_CA_FILE: text("the path of a PEM file"),
  DATABASE_CONNECTIONS: integer(1, 1000),
  REDIS_CA_FILE: text("the path of a PEM file"),
  PROCESS_NUMBER: integer(0, 999),
  TRUSTED_PROXY_HOPS: integer(0, 10),
  SOCKET_TRANSPORTS: transports,
  MIGRATE_AT_START: oneOf(["true", "false"]),
  OIDC_ISSUER: text("the https URL of an OpenID Connect issuer", /^https?:\/\/[^\s?#]+$/),
  OIDC_CLIENT_ID: text("a client id"),
  OIDC_CLIENT_SECRET: text("a client secret"),
  NEXTAUTH_SECRET: rotatedSecret,
  SOCKET_TICKET_SECRET: rotatedSecret,
  VISITOR_TOKEN_SECRET: rotatedSecret,
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: secret,
} as const satisfies Readonly<Record<Variable, z.ZodType<unknown, string>>>;

export type ParsedVariables = { readonly [V in Variable]?: z.output<(typeof variableSchemas)[V]> };

/** Variables that are not required in a deployed environment. */
export const OPTIONAL: ReadonlySet<string> = new Set([
  ...Object.keys(contract.container.optionalEnvironment),
  ...Object.keys(contract.optionalSecrets),
]);
