/** A value of an XML document: an object has elements, a list repeats its element. */
export type Xml = string | number | boolean | undefined | readonly Xml[] | { readonly [element: string]: Xml };

/** Renders the content of an element. */
export function xml(value: Xml): string {
  if (value === undefined) return "";
  if (typeof value !== "object") return String(value).replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  if (Array.isArray(value)) throw new Error("xml: a list needs an element around each item");
  return Object.entries(value)
    .flatMap(([element, content]) =>
      (Array.isArray(content) ? (content as readonly Xml[]) : [content]).map((item) => ({ element, item })),
    )
    .map(({ element, item }) => `<${element}>${xml(item)}</${element}>`)
    .join("");
}
