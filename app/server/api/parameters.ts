import { z } from "zod";
import { refusal, type Refusal } from "../../protocol";

/** Thrown where a request turns out to be invalid; answered with its refusal. */
export class RefusedRequest extends Error {
  override readonly name = "RefusedRequest";

  constructor(readonly refusal: Refusal) {
    super(refusal.message);
  }
}

export const notFound = () => refusal("NOT_FOUND", "There is no such thing, or it is not yours.");

export function invalid(message: string): RefusedRequest {
  return new RefusedRequest(refusal("INVALID", message));
}

/** Parses a whole number in the range. @throws RefusedRequest for anything else */
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

const uuid = z.uuid().toLowerCase();

/** Parses ids that are separated by commas. @throws RefusedRequest for none, for more than `max`, and for anything that is not a UUID */
export function idsOf(name: string, text: string | undefined, max: number): readonly string[] {
  const parsed = z
    .array(uuid)
    .max(max)
    .safeParse(text?.split(",", max + 1));
  if (!parsed.success) throw invalid(`${name} is 1 to ${max} ids, separated by commas.`);
  return parsed.data;
}
