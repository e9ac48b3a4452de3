/** Whether the value is known only at apply: text that contains a template. `$${` is an escape, not a template. */
export function isTemplate(value: unknown): boolean {
  return typeof value === "string" && /(^|[^$])\$\{|(^|[^%])%\{/.test(value);
}

/** Whether the value is true: a boolean, or text for the provider's nullable booleans. */
export function isOn(value: unknown): boolean {
  return value === true || value === "true";
}

/** Parses a number or numeric text. Returns `undefined` for anything else, including values known only at apply. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}

/** Returns the Terraform addresses (`aws_lb.web`) that a value's templates reference. */
export function referencedAddresses(value: unknown): string[] {
  if (!isTemplate(value)) return [];
  return [...String(value).matchAll(/(?<![\w.-])(aws_[a-z0-9_]+\.[A-Za-z0-9_-]+)/g)].map(([, address = ""]) => address);
}
