import { Sha256 } from "@aws-crypto/sha256-js";
import { fromNodeProviderChain } from "@aws-sdk/credential-providers";
import { SignatureV4 } from "@smithy/signature-v4";

type CredentialSource = ConstructorParameters<typeof SignatureV4>[0]["credentials"];

/** Longest validity of a token, in seconds. Source: ElastiCache user guide, "Authenticating with IAM". */
const TOKEN_SEC = 900;

export interface TokenOptions {
  /** Host of the cache's endpoint, which contains its name and kind. */
  readonly host: string;
  readonly user: string;
  readonly region: string;
  /** AWS credentials. @default the task's role */
  readonly credentials?: CredentialSource;
}

/**
 * Creates the passwords of an ElastiCache user with IAM authentication: each is a presigned `connect` request without its scheme. Each new
 * connection needs a new one. ElastiCache closes connections after 12 hours; the client then reconnects as after any other loss.
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
