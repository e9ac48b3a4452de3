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

/** Starts a small OpenID Connect provider that signs in the person set by the test, without asking. */
export async function startIdentityProvider(person: Claims): Promise<IdentityProvider> {
  const provider = new TestIdentityProvider(person);
  await provider.listen();
  return provider;
}

class TestIdentityProvider implements IdentityProvider {
  issuer = "";
  readonly #keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
  readonly #nonces = new Map<string, string>();
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  constructor(public person: Claims) {}

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.issuer = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", this.issuer);
    if (url.pathname === "/authorize") return this.#authorize(url, response);
    const documents: Readonly<Record<string, () => object | Promise<object>>> = {
      "/.well-known/openid-configuration": () => this.#metadata(),
      "/token": () => this.#token(request),
      "/jwks": () => ({ keys: [this.#publicKey()] }),
    };
    const document = await documents[url.pathname]?.();
    response.writeHead(document === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(document ?? {}));
  }

  #authorize(url: URL, response: ServerResponse): void {
    const code = crypto.randomUUID();
    this.#nonces.set(code, url.searchParams.get("nonce") ?? "");
    const back = new URL(url.searchParams.get("redirect_uri") ?? "");
    back.searchParams.set("code", code);
    back.searchParams.set("state", url.searchParams.get("state") ?? "");
    response.writeHead(302, { location: back.href }).end();
  }

  async #token(request: IncomingMessage): Promise<object> {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const code = new URLSearchParams(body).get("code") ?? "";
    const sign = createSigner({
      algorithm: "RS256",
      key: this.#keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      kid: "key",
      aud: CLIENT_ID,
      iss: this.issuer,
      expiresIn: 60_000,
    });
    const idToken = sign({ ...this.person, nonce: this.#nonces.get(code) });
    return { access_token: "access", token_type: "Bearer", expires_in: 60, id_token: idToken };
  }

  #metadata(): object {
    const { issuer } = this;
    return {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ["code"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256"],
    };
  }

  #publicKey(): object {
    return { ...this.#keys.publicKey.export({ format: "jwk" }), kid: "key", alg: "RS256", use: "sig" };
  }
}
