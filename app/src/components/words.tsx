"use client";
import { createContext, type ReactNode, useContext } from "react";
import { type Dictionary } from "../i18n/en";
import { DICTIONARIES, type Locale } from "../i18n/locale";

const Words = createContext<Dictionary>(DICTIONARIES.en);

export function WordsProvider({ locale, children }: { readonly locale: Locale; readonly children: ReactNode }) {
  return <Words value={DICTIONARIES[locale]}>{children}</Words>;
}

export function useWords(): Dictionary {
  return useContext(Words);
}

/** Time of day, with the date when it was another day. */
export function formatTime(iso: string | number, locale: string): string {
  const date = new Date(iso);
  const isToday = date.toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(locale, {
    hour: "2-digit",
    minute: "2-digit",
    ...(isToday ? {} : { month: "short", day: "numeric" }),
  }).format(date);
}
