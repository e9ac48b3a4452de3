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

const MINUTE_MS = 60_000;

/** Returns a duration in its largest unit, rounded down: minutes, from an hour on hours, from two days on days. */
export function formatDuration(ms: number, locale: string): string {
  const minutes = Math.max(0, Math.floor(ms / MINUTE_MS));
  const [value, unit] =
    minutes < 60
      ? ([minutes, "minute"] as const)
      : minutes < 48 * 60
        ? ([Math.floor(minutes / 60), "hour"] as const)
        : ([Math.floor(minutes / (24 * 60)), "day"] as const);
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(value);
}
