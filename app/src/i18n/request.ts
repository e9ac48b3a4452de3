import { headers } from "next/headers";
import { type Dictionary } from "./en";
import { DICTIONARIES, type Locale, preferredLocale } from "./locale";

/** The language of the request that is being answered. */
export async function requestLocale(): Promise<Locale> {
  return preferredLocale((await headers()).get("accept-language"));
}

export async function requestDictionary(): Promise<Dictionary> {
  return DICTIONARIES[await requestLocale()];
}
