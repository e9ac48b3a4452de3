const SEPARATOR = ",";

/**
 * Returns the values of a secret: the one that signs and encrypts, then one that is accepted as well. There are two while the secret is rotated:
 * tasks of the old and the new deployment run beside each other, and what the old value signed stays valid until it expires.
 */
export function secretValues(secret: string): readonly [string, ...string[]] {
  const [first = "", ...others] = secret.split(SEPARATOR);
  return [first, ...others];
}
