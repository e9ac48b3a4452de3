import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { Signer } from "@aws-sdk/rds-signer";
import { z } from "zod";
import { type DatabaseAuth } from "../configuration";

/** Provides the password of each new connection to the database, because tokens expire and secrets are rotated. */
export interface PasswordSource {
  password(): Promise<string>;
  /** Reports that the latest password was refused, so that the next call fetches it again. */
  forget(): void;
}

export interface Login {
  readonly host: string;
  readonly port: number;
  readonly user: string;
}

/** Creates the password source of a configuration; `undefined` when the connection needs no password. */
export function passwordSource(auth: DatabaseAuth, login: Login): PasswordSource | undefined {
  if (auth.kind === "iam") return iamTokens(login, auth.region);
  if (auth.kind === "secret") return new SecretPassword(secretFetcher(auth.secretArn, auth.region));
  return auth.password === undefined ? undefined : fixedPassword(auth.password);
}

export function fixedPassword(password: string): PasswordSource {
  return { password: () => Promise.resolve(password), forget: () => undefined };
}

/** Signs a token for each connection, locally and without a request. A token is valid for 15 minutes. */
function iamTokens({ host, port, user }: Login, region: string): PasswordSource {
  const signer = new Signer({ hostname: host, port, username: user, region });
  return { password: () => signer.getAuthToken(), forget: () => undefined };
}

const CONNECT_MS = 1000;
const REQUEST_MS = 1500;

const secretValue = z.object({ password: z.string().min(1) });

function secretFetcher(secretId: string, region: string | undefined): () => Promise<string> {
  const ownRegion = /^arn:[^:]+:secretsmanager:([^:]+):/.exec(secretId)?.[1] ?? region;
  const client = new SecretsManagerClient({
    ...(ownRegion !== undefined && { region: ownRegion }),
    maxAttempts: 2,
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: REQUEST_MS, throwOnRequestTimeout: true },
  });
  return async () => {
    const { SecretString = "" } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
    return passwordOf(SecretString);
  };
}

/** @throws Error that does not quote the secret */
function passwordOf(secret: string): string {
  try {
    return secretValue.parse(JSON.parse(secret)).password;
  } catch {
    throw new Error("the database's secret is not JSON with a password");
  }
}

/** Milliseconds after fetching a new password in which connections with the old one may still be refused. */
const STALE_REFUSALS_MS = 2000;

/** A password in Secrets Manager, cached until PostgreSQL refuses it, which means that it was rotated. */
export class SecretPassword implements PasswordSource {
  private cached: string | undefined;
  /** The latest password that was fetched, cached or not. */
  private last: string | undefined;
  private fetching: Promise<string> | undefined;
  private changedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly fetch: () => Promise<string>,
    private readonly now: () => number = Date.now,
  ) {}

  /** Concurrent calls share one request. */
  async password(): Promise<string> {
    if (this.cached !== undefined) return this.cached;
    this.fetching ??= this.fetchOnce().finally(() => {
      this.fetching = undefined;
    });
    return this.fetching;
  }

  /** Ignored right after a new password was fetched: the refusal concerns the old one. */
  forget(): void {
    if (this.now() - this.changedAt > STALE_REFUSALS_MS) this.cached = undefined;
  }

  private async fetchOnce(): Promise<string> {
    const password = await this.fetch();
    if (this.last !== undefined && this.last !== password) this.changedAt = this.now();
    this.last = password;
    this.cached = password;
    return password;
  }
}
