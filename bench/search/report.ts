import { markdownTable } from "../shared/table";
import { type Variant } from "./measure";

/** Longest p95 of any kind of search with the app's index, in milliseconds. */
export const TARGET_P95_MS = 300;

export interface Result {
  readonly messages: number;
  readonly conversations: number;
  /** The app's index comes first. */
  readonly variants: readonly Variant[];
}

/** Returns the kinds of search that take too long or failed with the app's index; `undefined` when there is none. */
export function verdictOf({ variants }: Result): string | undefined {
  const slow = (variants[0]?.timings ?? []).filter(({ p95Ms, failed }) => p95Ms > TARGET_P95_MS || failed > 0);
  if (slow.length === 0) return undefined;
  const list = slow.map(
    ({ name, scope, p95Ms, failed }) => `${name}, ${scope}: ${p95Ms.toFixed(0)} ms, ${failed} failed`,
  );
  return `search: expected a p95 of at most ${TARGET_P95_MS} ms, got ${list.join("; ")}.`;
}

/** Formats the result as Markdown. */
export function report({ messages, conversations, variants }: Result): string {
  const count = (value: number): string => value.toLocaleString("en-US");
  const sizes = variants.map(({ name, mebibytes, buildSec, microsPerMessage }) => [
    name,
    mebibytes.toFixed(0),
    buildSec.toFixed(0),
    microsPerMessage.toFixed(0),
  ]);
  const kinds = variants[0]?.timings ?? [];
  const times = kinds.map(({ name, scope }, index) => [
    name,
    scope,
    ...variants.map(({ timings }) => {
      const timing = timings[index];
      return timing === undefined ? "" : `${timing.p50Ms.toFixed(1)} / ${timing.p95Ms.toFixed(0)}`;
    }),
  ]);
  return [
    `Searching ${count(messages)} messages in ${count(conversations)} conversations:`,
    "",
    ...markdownTable(["index", "MiB", "build, s", "a message, µs"], sizes),
    "",
    "A page of 20 hits, p50 / p95 in milliseconds, as an agent with a tenth of the conversations and as an admin:",
    "",
    ...markdownTable(["search", "scope", ...variants.map(({ name }) => name)], times),
    "",
  ].join("\n");
}
