/** Attribute values of a resource in a plan, as far as they are known before apply. */
export type Values = Readonly<Record<string, unknown>>;

export function text(values: Values, key: string): string | undefined {
  const value = values[key];
  return typeof value === "string" ? value : undefined;
}

export function number(values: Values, key: string): number | undefined {
  const value = values[key];
  return typeof value === "number" ? value : undefined;
}

/** Returns the first of an attribute's nested blocks; an empty one when there is none. */
export function block(values: Values, key: string): Values {
  return blocks(values, key)[0] ?? {};
}

export function blocks(values: Values, key: string): readonly Values[] {
  const value = values[key];
  return Array.isArray(value) ? (value as readonly Values[]) : [];
}
