/** Matches a character that is special within double quotes for systemd; the dollar sign of a token is none. */
const SPECIAL = /[\\"`]|\$(?!\{TfToken\[)/g;

/** Returns a line of an environment file. Source: systemd.exec(5), EnvironmentFile. */
export function environmentLine(name: string, value: string): string {
  return `${name}="${value.replace(SPECIAL, "\\$&")}"`;
}

/** Returns a word of bash. */
export function shellWord(value: string): string {
  return `'${value.replaceAll("'", `'\\''`)}'`;
}
