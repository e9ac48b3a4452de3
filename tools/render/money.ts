/** Formats `1234567` cents as `12,345.67`. */
export function dollars(cents: number): string {
  return (cents / 100).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** Formats a difference with its sign. */
export function signedDollars(cents: number): string {
  return `${cents > 0 ? "+" : ""}${dollars(cents)}`;
}

/** Formats a quantity with four significant digits. */
export function quantity(value: number): string {
  return value.toLocaleString("en-US", { maximumSignificantDigits: 4 });
}

/** Formats a unit price with six significant digits. */
export function unitPrice(usd: number): string {
  return usd.toLocaleString("en-US", { maximumSignificantDigits: 6, maximumFractionDigits: 10 });
}
