import { refusal, type Refusal } from "../../protocol";

/** A fault of the request that the handler meets deep inside. */
export class Refused extends Error {
  override readonly name = "Refused";

  constructor(readonly refusal: Refusal) {
    super(refusal.message);
  }
}

export const notFound = () => refusal("NOT_FOUND", "There is no such thing, or it is not yours.");

export function invalid(message: string): Refused {
  return new Refused(refusal("INVALID", message));
}

/** @throws Refused unless it is a whole number in the range */
export function integerOf(
  name: string,
  text: string | undefined,
  { min, max, fallback }: { readonly min: number; readonly max: number; readonly fallback: number },
): number {
  if (text === undefined) return fallback;
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= min && value <= max)) throw invalid(`${name} is a whole number from ${min} to ${max}.`);
  return value;
}
