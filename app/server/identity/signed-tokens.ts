import { createSigner, createVerifier } from "fast-jwt";
import { type z } from "zod";
import { secretValues } from "./secret-values";

export interface SignedTokensOptions<Claims extends z.ZodType<Record<string, unknown>>> {
  /** The value that signs; a second one after a comma is accepted, too. */
  readonly secret: string;
  /** What the token is for; tokens of other audiences are not valid. */
  readonly audience: string;
  readonly claims: Claims;
  /** Seconds that the clocks of two tasks may differ. */
  readonly toleranceSec: number;
}

const ISSUER = "messenger-crm";
const ALGORITHM = "HS256";

/** Characters; longer tokens are refused without being parsed. */
const MAX_LENGTH = 4096;

/**
 * Signs and verifies this service's own tokens, with a fixed algorithm, issuer and audience and an expiry; the token's header decides nothing.
 * The library signs synchronously with node:crypto. WebCrypto passes each signature to another thread, which costs a handshake about 150 µs of
 * CPU (measured).
 */
export class SignedTokens<Claims extends z.ZodType<Record<string, unknown>>> {
  readonly #signer: (payload: Record<string, unknown>) => string;
  readonly #verifiers: readonly ((token: string) => unknown)[];

  constructor(private readonly options: SignedTokensOptions<Claims>) {
    const { secret, audience, toleranceSec } = options;
    const keys = secretValues(secret);
    this.#signer = createSigner({ key: keys[0], algorithm: ALGORITHM, iss: ISSUER, aud: audience });
    this.#verifiers = keys.map(
      (key) =>
        createVerifier({
          key,
          algorithms: [ALGORITHM],
          allowedIss: ISSUER,
          allowedAud: audience,
          requiredClaims: ["exp", "iat"],
          clockTolerance: toleranceSec * 1000,
          cache: false,
        }) as (token: string) => unknown,
    );
  }

  /** @param expiresAt seconds since the epoch */
  sign(claims: z.output<Claims>, expiresAt: number): string {
    return this.#signer({ ...claims, exp: expiresAt });
  }

  /** Returns the claims; `undefined` for an invalid token, without saying what is wrong with it. */
  verify(token: string): (z.output<Claims> & { readonly exp: number }) | undefined {
    if (token.length > MAX_LENGTH) return undefined;
    for (const verifier of this.#verifiers) {
      const payload = payloadOf(token, verifier);
      if (payload === undefined) continue;
      const claims = this.options.claims.safeParse(payload);
      return claims.success ? { ...claims.data, exp: payload.exp } : undefined;
    }
    return undefined;
  }
}

function payloadOf(token: string, verifier: (token: string) => unknown): { readonly exp: number } | undefined {
  try {
    return verifier(token) as { readonly exp: number };
  } catch {
    return undefined;
  }
}
