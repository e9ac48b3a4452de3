import { type Dictionary, en } from "./en";
import { ja } from "./ja";

export const DICTIONARIES = { en, ja } satisfies Record<string, Dictionary>;

export type Locale = keyof typeof DICTIONARIES;

/** Returns the supported language that the browser prefers, or English. */
export function preferredLocale(acceptLanguage: string | null): Locale {
  const ranked = (acceptLanguage ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().split(";");
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1]).find(Boolean);
      return { language: tag.split("-")[0]!.toLowerCase(), quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return ranked.map(({ language }) => language).find(isLocale) ?? "en";
}

function isLocale(language: string): language is Locale {
  return Object.hasOwn(DICTIONARIES, language);
}
