import { generateKeyPairSync } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { createSigner } from "fast-jwt";

export interface Claims {
  readonly sub: string;
  readonly email: string;
  readonly email_verified: boolean;
  readonly name: string;
}

export interface IdentityProvider {
  readonly issuer: string;
  /** The person that the next sign-in returns. */
  person: Claims;
  close(): Promise<void>;
}

export const CLIENT_ID = "messenger-crm";

/** A small OpenID Connect provider that signs in the person set by the test, without asking. */
export async function startIdentityProvider(person: Claims): Promise<IdentityProvider> {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const jwk = { ...publicKey.export({ format: "jwk" }), kid: "key", alg: "RS256", use: "sig" };
  const key = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const nonces = new Map<string, string>();
  const provider = { issuer: "", person };

  async function token(request: IncomingMessage): Promise<object> {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const code = new URLSearchParams(body).get("code") ?? "";
    const sign = createSigner({
      algorithm: "RS256",
      key,
      kid: "key",
      aud: CLIENT_ID,
      iss: provider.issuer,
      expiresIn: 60_000,
    });
    const idToken = sign({ ...provider.person, nonce: nonces.get(code) });
    return { access_token: "access", token_type: "Bearer", expires_in: 60, id_token: idToken };
  }

  function authorize(url: URL, response: ServerResponse): void {
    const code = crypto.randomUUID();
    nonces.set(code, url.searchParams.get("nonce") ?? "");
    const back = new URL(url.searchParams.get("redirect_uri") ?? "");
    back.searchParams.set("code", code);
    back.searchParams.set("state", url.searchParams.get("state") ?? "");
    response.writeHead(302, { location: back.href }).end();
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { issuer } = provider;
    const url = new URL(request.url ?? "/", issuer);
    if (url.pathname === "/authorize") return authorize(url, response);
    const documents: Readonly<Record<string, () => object | Promise<object>>> = {
      "/.well-known/openid-configuration": () => ({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        response_types_supported: ["code"],
        subject_types_supported: ["public"],
        id_token_signing_alg_values_supported: ["RS256"],
      }),
      "/token": () => token(request),
      "/jwks": () => ({ keys: [jwk] }),
    };
    const document = await documents[url.pathname]?.();
    response.writeHead(document === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(document ?? {}));
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  provider.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(provider, {
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}
