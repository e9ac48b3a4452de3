/** Formats the path of a field for a problem, `alarms.emails[0]`; the path of the whole environment is `environment`. */
export function fieldPath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "environment";
  return path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");
}

/** Returns whether two fields are the same, or one contains the other. */
export function overlaps(one: string, other: string): boolean {
  const contains = (outer: string, inner: string) =>
    outer === "environment" || inner === outer || inner.startsWith(`${outer}.`) || inner.startsWith(`${outer}[`);
  return contains(one, other) || contains(other, one);
}
