import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { Signer } from "@aws-sdk/rds-signer";
import { z } from "zod";
import { type DatabaseAuth } from "../configuration";

/** The password for the next connection to the database; asked again for each one, since tokens run out and secrets are rotated. */
export interface PasswordSource {
  password(): Promise<string>;
  /** The last one was refused: the next call has to fetch it anew. */
  forget(): void;
}

export interface Login {
  readonly host: string;
  readonly port: number;
  readonly user: string;
}

/** `undefined` where the connection needs no password. */
export function passwordSource(auth: DatabaseAuth, login: Login): PasswordSource | undefined {
  if (auth.kind === "iam") return iamTokens(login, auth.region);
  if (auth.kind === "secret") return new SecretPassword(secretFetcher(auth.secretArn, auth.region));
  return auth.password === undefined ? undefined : fixedPassword(auth.password);
}

export function fixedPassword(password: string): PasswordSource {
  return { password: () => Promise.resolve(password), forget: () => undefined };
}

/** A token lives for 15 minutes and is signed here, without a request: each connection has its own. */
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

/** @throws Error that quotes nothing of the secret */
function passwordOf(secret: string): string {
  try {
    return secretValue.parse(JSON.parse(secret)).password;
  } catch {
    throw new Error("the database's secret is no JSON with a password");
  }
}

/** Connections that began with the old password may still be refused this long after the new one was fetched, in milliseconds. */
const STALE_REFUSALS_MS = 2000;

/** A password in Secrets Manager: kept until PostgreSQL refuses it, which is how a rotation is noticed. */
export class SecretPassword implements PasswordSource {
  private kept: string | undefined;
  /** The last one that was fetched, kept or not. */
  private last: string | undefined;
  private fetching: Promise<string> | undefined;
  private changedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly fetch: () => Promise<string>,
    private readonly now: () => number = Date.now,
  ) {}

  /** One request, however many connections ask at once. */
  async password(): Promise<string> {
    if (this.kept !== undefined) return this.kept;
    this.fetching ??= this.fetchOnce().finally(() => {
      this.fetching = undefined;
    });
    return this.fetching;
  }

  /** One that is being fetched right now is newer than any that was refused. */
  forget(): void {
    if (this.now() - this.changedAt > STALE_REFUSALS_MS) this.kept = undefined;
  }

  private async fetchOnce(): Promise<string> {
    const password = await this.fetch();
    if (this.last !== undefined && this.last !== password) this.changedAt = this.now();
    this.last = password;
    this.kept = password;
    return password;
  }
}
