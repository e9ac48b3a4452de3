/** UTC and GMT, or an area and a place of the IANA database, spelled as there. Abbreviations and offsets are no places. */
const NAME =
  /^(?:UTC|GMT|(?:(?:US|[A-Z][a-z]+(?:_[A-Z][a-z]+)*)\/)+(?:UTC|GMT(?:[+-]\d{1,2})?|(?!.*[A-Z]{3})[A-Z][A-Za-z_-]+))$/;

/**
 * Whether AWS takes a name for a time zone: names of the IANA time zone database, in its spelling.
 * Source: Application Auto Scaling API reference, PutScheduledAction.Timezone.
 */
export function isTimeZone(name: string): boolean {
  if (!NAME.test(name)) return false;
  try {
    // JavaScript ignores case, AWS does not: a known zone is compared in its own spelling.
    const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions();
    return timeZone === name || timeZone.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
}
