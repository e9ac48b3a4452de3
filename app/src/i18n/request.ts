import { headers } from "next/headers";
import { type Dictionary } from "./en";
import { DICTIONARIES, type Locale, preferredLocale } from "./locale";

/** Returns the language of the current request. */
export async function requestLocale(): Promise<Locale> {
  return preferredLocale((await headers()).get("accept-language"));
}

export async function requestDictionary(): Promise<Dictionary> {
  return DICTIONARIES[await requestLocale()];
}
