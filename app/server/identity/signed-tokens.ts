import { webcrypto } from "node:crypto";
import { jwtVerify, SignJWT } from "jose";
import { type z } from "zod";

export interface SignedTokensOptions<Claims extends z.ZodType<Record<string, unknown>>> {
  readonly secret: string;
  /** What the token is good for; a token of another audience is none. */
  readonly audience: string;
  readonly claims: Claims;
  /** Seconds that the clocks of two tasks may differ. */
  readonly toleranceSec: number;
}

const ISSUER = "messenger-crm";
const ALGORITHM = "HS256";

/** Longer ones are not even looked at. */
const MAX_LENGTH = 4096;

/** Tokens that this service signs for itself: one algorithm, one issuer, one audience, an end; nothing of it is taken from the token's header. */
export class SignedTokens<Claims extends z.ZodType<Record<string, unknown>>> {
  private readonly key: Promise<webcrypto.CryptoKey>;

  constructor(private readonly options: SignedTokensOptions<Claims>) {
    const secret = new TextEncoder().encode(options.secret);
    // Imported once: given as bytes, the key would be imported again for every token.
    this.key = webcrypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);
  }

  /** @param expiresAt seconds since the epoch */
  async sign(claims: z.output<Claims>, expiresAt: number): Promise<string> {
    return new SignJWT(claims)
      .setProtectedHeader({ alg: ALGORITHM })
      .setIssuer(ISSUER)
      .setAudience(this.options.audience)
      .setIssuedAt()
      .setExpirationTime(expiresAt)
      .sign(await this.key);
  }

  /** `undefined` for everything that is wrong with a token; which it was is nobody's business. */
  async verify(token: string): Promise<(z.output<Claims> & { readonly exp: number }) | undefined> {
    if (token.length > MAX_LENGTH) return undefined;
    try {
      const { payload } = await jwtVerify(token, await this.key, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience: this.options.audience,
        requiredClaims: ["exp", "iat"],
        clockTolerance: this.options.toleranceSec,
      });
      const claims = this.options.claims.safeParse(payload);
      return claims.success && payload.exp !== undefined ? { ...claims.data, exp: payload.exp } : undefined;
    } catch {
      return undefined;
    }
  }
}
