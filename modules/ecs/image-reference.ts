/** Source of the grammar: distribution/reference, reference.go ("Grammar"). */
const HOST =
  "(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*(?::\\d{1,5})?";
const PATH = "[a-z0-9]+(?:(?:\\.|_{1,2}|-+)[a-z0-9]+)*";
const REFERENCE = new RegExp(
  `^((?:${HOST}/)?${PATH}(?:/${PATH})*)(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$`,
);

/** Whether the text is a reference to an image: `host:port/path:tag@digest`, of which only the path is required. */
export function isImageReference(text: string): boolean {
  const name = REFERENCE.exec(text)?.[1];
  // A digest alone would be read as the tag of a repository called sha256.
  return name !== undefined && name !== "sha256" && name.length <= 255;
}
