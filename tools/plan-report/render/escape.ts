/** Renders text as code that Markdown leaves as it is, also in a cell of a table. */
export function code(text: string): string {
  const plainLine = text.replace(/\s+/g, " ");
  // GitHub takes a backslash before an escaped bar for an escaped backslash, and ends the cell.
  if (plainLine.includes("\\|")) return `<code>${entities(plainLine)}</code>`;
  const line = plainLine.replaceAll("|", "\\|");
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = line.startsWith("`") || line.endsWith("`") || line.trim() === "" ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** Renders a sentence: what is in backticks stays code, everything else loses its meaning to Markdown and HTML. */
export function prose(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? code(part.slice(1, -1)) : plain(part)))
    .join("");
}

/** An @ is an entity, so that no person is notified. */
function plain(text: string): string {
  return text
    .replace(/[\\`*_[\]|~#!]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("@", "&#64;");
}

/** Renders lines as a block of code whose fence is longer than any in it. */
export function codeBlock(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}

/** Writes every character with a meaning as its number. */
function entities(text: string): string {
  return text.replace(/[^\p{L}\p{N} ]/gu, (character) => `&#${character.codePointAt(0)};`);
}
