import { decode, type JWT, type JWTDecodeParams } from "next-auth/jwt";
import { secretValues } from "./secret-values";

/**
 * Decrypts next-auth's session cookie with each value of the secret in turn.
 * @throws Error of the last value when none fits
 */
export async function decodeSession({ secret, ...params }: JWTDecodeParams): Promise<JWT | null> {
  const [first, ...others] = secretValues(String(secret));
  const attempts = [first, ...others].map((value) => () => decode({ ...params, secret: value }));
  const last = attempts.pop()!;
  for (const attempt of attempts) {
    const found = await attempt().catch(() => null);
    if (found !== null) return found;
  }
  return last();
}
