/** `1234567` cents as `12,345.67`. */
export function dollars(cents: number): string {
  return (cents / 100).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** The same with its sign, for a difference. */
export function signedDollars(cents: number): string {
  return `${cents > 0 ? "+" : ""}${dollars(cents)}`;
}

/** A quantity in as many digits as a reader needs. */
export function quantity(value: number): string {
  return value.toLocaleString("en-US", { maximumSignificantDigits: 4 });
}

/** A price of a unit, all its digits. */
export function unitPrice(usd: number): string {
  return usd.toLocaleString("en-US", { maximumSignificantDigits: 6, maximumFractionDigits: 10 });
}
