import {
  type EnvironmentVariable,
  type MigrationSecretVariable,
  type OptionalEnvironmentVariable,
  type SecretVariable,
  type SharedEnvironmentVariable,
} from "../../app/contract";
import { type Cache } from "../../modules/cache";
import { type ComputeProps } from "./compute";

/** A value for every environment variable of the contract; a missing or an extra variable does not compile. */
type SharedVariables = Readonly<Record<SharedEnvironmentVariable, string>>;
type ContainerVariables = Readonly<Record<EnvironmentVariable, string>>;
export type AppSecrets = Readonly<Record<SecretVariable, string>>;
export type MigrationSecrets = Readonly<Record<MigrationSecretVariable, string>>;

/**
 * Returns the environment variables of every compute.
 * @param origin scheme and host of the site
 */
export function sharedVariables(props: ComputeProps, origin: string): SharedVariables {
  const { name, contract, environment, database } = props;
  return {
    NODE_ENV: "production",
    AWS_REGION: environment.region,
    SERVICE_NAME: name,
    NEXTAUTH_URL: origin,
    ALLOWED_ORIGINS: origin,
    NEXT_PUBLIC_SOCKET_URL: origin.replace(/^http/, "ws"),
    DATABASE_URL: database.connectionUrl(contract.database.appUser),
    DATABASE_AUTH: "iam",
    LOG_LEVEL: environment.tier === "production" ? "info" : "debug",
  };
}

/** Variables of a container that a single instance has no use for, or that its platform sets. */
type NotOfSingleInstance = "PORT" | "REDIS_URL" | "REDIS_AUTH";
type SingleInstanceVariables = Omit<ContainerVariables, NotOfSingleInstance> &
  Readonly<Record<Extract<OptionalEnvironmentVariable, "MIGRATE_AT_START">, string>>;

/** Returns the environment variables of a container that runs alone, on a platform that tells it its port and runs nothing before it. */
export function singleInstanceVariables(props: ComputeProps, origin: string): SingleInstanceVariables {
  return {
    ...sharedVariables(props, origin),
    HOSTNAME: "0.0.0.0",
    SOCKET_ADAPTER: "in-memory",
    MIGRATE_AT_START: "true",
  };
}

/** Returns the environment variables of a container. */
export function containerVariables(
  props: ComputeProps,
  { origin, cache }: { readonly origin: string; readonly cache: Cache },
): ContainerVariables {
  return {
    ...sharedVariables(props, origin),
    PORT: String(props.contract.container.port),
    HOSTNAME: "0.0.0.0",
    ...cacheVariables(cache),
  };
}

/** Returns the environment variables that the processes of an instance of EC2 have in common; each gets a port of its own there. */
export function instanceVariables(
  props: ComputeProps,
  { origin, cache }: { readonly origin: string; readonly cache: Cache },
): Omit<ContainerVariables, "PORT" | "HOSTNAME"> {
  return { ...sharedVariables(props, origin), ...cacheVariables(cache) };
}

function cacheVariables(cache: Cache): Pick<ContainerVariables, "REDIS_URL" | "REDIS_AUTH" | "SOCKET_ADAPTER"> {
  return { REDIS_URL: cache.connectionUrl(), REDIS_AUTH: "iam", SOCKET_ADAPTER: cache.adapter };
}
