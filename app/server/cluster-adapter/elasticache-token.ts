import { Sha256 } from "@aws-crypto/sha256-js";
import { fromNodeProviderChain } from "@aws-sdk/credential-providers";
import { SignatureV4 } from "@smithy/signature-v4";

type CredentialSource = ConstructorParameters<typeof SignatureV4>[0]["credentials"];

/** Longest life of a token, in seconds. Source: ElastiCache user guide, "Authenticating with IAM". */
const TOKEN_SEC = 900;

export interface TokenOptions {
  /** Host of the cache's endpoint, from which its name and kind are read. */
  readonly host: string;
  readonly user: string;
  readonly region: string;
  /** Where AWS credentials come from; the task's role by default. */
  readonly credentials?: CredentialSource;
}

/**
 * The password of an ElastiCache user who signs in by IAM: a request to `connect`, signed in advance, without its scheme. Each new
 * connection needs a fresh one. ElastiCache closes a connection after 12 hours; it is then made again like any other that was lost.
 */
export function elasticacheTokens({ host, user, region, credentials }: TokenOptions): () => Promise<string> {
  const { name, serverless } = cacheOfHost(host);
  const signer = new SignatureV4({
    service: "elasticache",
    region,
    credentials: credentials ?? fromNodeProviderChain(),
    sha256: Sha256,
  });
  const query: Record<string, string> = {
    Action: "connect",
    User: user,
    ...(serverless ? { ResourceType: "ServerlessCache" } : {}),
  };
  return async () => {
    const signed = await signer.presign(
      { method: "GET", protocol: "http:", hostname: name, path: "/", query, headers: { host: name } },
      { expiresIn: TOKEN_SEC },
    );
    return `${name}/?${new URLSearchParams(signed.query as Record<string, string>).toString()}`;
  };
}

/**
 * `master.NAME.abc123.apne1.cache.amazonaws.com`, `clustercfg.NAME...` or `NAME-abc123.serverless.apne1.cache.amazonaws.com`.
 * Source: ElastiCache user guide, "Finding connection endpoints".
 */
function cacheOfHost(host: string): { name: string; serverless: boolean } {
  const [first = host, second] = host.toLowerCase().split(".");
  if (second === "serverless") return { name: first.replace(/-[^-]*$/, ""), serverless: true };
  const isPrefix = first === "master" || first === "clustercfg" || first === "replica";
  return { name: isPrefix && second !== undefined ? second : first, serverless: false };
}
