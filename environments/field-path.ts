/** A field as problems name it: `alarms.emails[0]`; the whole environment is `environment`. */
export function fieldPath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "environment";
  return path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");
}

/** Whether one field is the other, or contains it. */
export function overlaps(one: string, other: string): boolean {
  const contains = (outer: string, inner: string) =>
    outer === "environment" || inner === outer || inner.startsWith(`${outer}.`) || inner.startsWith(`${outer}[`);
  return contains(one, other) || contains(other, one);
}
