/** Whether Terraform computes the value at apply: text with a template in it (`$${` is an escape and means itself). */
export function isTemplate(value: unknown): boolean {
  return typeof value === "string" && /(^|[^$])\$\{|(^|[^%])%\{/.test(value);
}

/** `true` as AWS's resources spell it: a boolean, or text where the provider has a nullable one. */
export function isOn(value: unknown): boolean {
  return value === true || value === "true";
}

/** A number as written or as text; `undefined` when it is none, or known only at apply. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}

/** The Terraform addresses (`aws_lb.web`) that a value's templates name. */
export function referencedAddresses(value: unknown): string[] {
  if (!isTemplate(value)) return [];
  return [...String(value).matchAll(/(?<![\w.-])(aws_[a-z0-9_]+\.[A-Za-z0-9_-]+)/g)].map(([, address = ""]) => address);
}
