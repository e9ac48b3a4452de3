"use client";
import { createContext, type ReactNode, useContext } from "react";
import { type Dictionary } from "../i18n/en";
import { DICTIONARIES, type Locale } from "../i18n/locale";

const DictionaryContext = createContext<Dictionary>(DICTIONARIES.en);

export function DictionaryProvider({ locale, children }: { readonly locale: Locale; readonly children: ReactNode }) {
  return <DictionaryContext value={DICTIONARIES[locale]}>{children}</DictionaryContext>;
}

export function useDictionary(): Dictionary {
  return useContext(DictionaryContext);
}

/** Returns the time of day, with the date when it is not today. */
export function formatTime(iso: string | number, locale: string): string {
  const date = new Date(iso);
  const isToday = date.toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(locale, {
    hour: "2-digit",
    minute: "2-digit",
    ...(isToday ? {} : { month: "short", day: "numeric" }),
  }).format(date);
}
