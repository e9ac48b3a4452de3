import { appendFileSync } from "node:fs";

/**
 * Appends `name=value` lines to the file from which later steps and jobs read: GITHUB_OUTPUT on GitHub, a dotenv report on GitLab.
 * Without a file it prints them.
 */
export function writeOutputs(file: string | undefined, outputs: Readonly<Record<string, string>>): void {
  const lines = Object.entries(outputs).map(([name, value]) => `${name}=${value}\n`);
  if (file === undefined) process.stdout.write(lines.join(""));
  else appendFileSync(file, lines.join(""));
}
