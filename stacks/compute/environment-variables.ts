import { type EnvironmentVariable, type MigrationSecretVariable, type SecretVariable } from "../../app/contract";

/** A value for every plain variable of the contract: one that is forgotten, or one too many, does not compile. */
export type AppEnvironment = Readonly<Record<EnvironmentVariable, string>>;
export type AppSecrets = Readonly<Record<SecretVariable, string>>;
export type MigrationSecrets = Readonly<Record<MigrationSecretVariable, string>>;

export interface AppEnvironmentSources {
  readonly serviceName: string;
  readonly port: number;
  readonly region: string;
  /** Origin of the site: scheme, host and nothing more. */
  readonly publicOrigin: string;
  readonly databaseUrl: string;
  readonly cacheUrl: string;
  readonly socketAdapter: string;
  readonly production: boolean;
}

export function appEnvironment(sources: AppEnvironmentSources): AppEnvironment {
  return {
    NODE_ENV: "production",
    PORT: String(sources.port),
    HOSTNAME: "0.0.0.0",
    AWS_REGION: sources.region,
    SERVICE_NAME: sources.serviceName,
    NEXTAUTH_URL: sources.publicOrigin,
    ALLOWED_ORIGINS: sources.publicOrigin,
    NEXT_PUBLIC_SOCKET_URL: sources.publicOrigin.replace(/^http/, "ws"),
    DATABASE_URL: sources.databaseUrl,
    DATABASE_AUTH: "iam",
    REDIS_URL: sources.cacheUrl,
    REDIS_AUTH: "iam",
    SOCKET_ADAPTER: sources.socketAdapter,
    LOG_LEVEL: sources.production ? "info" : "debug",
  };
}
