import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Outcome } from "./outcome";

/** What every change did in the last run, from which docs/changes.md is generated. */
const FILE = join(__dirname, "..", "..", "..", "docs", "changes.json");

export function recordedOutcomes(): Outcome[] {
  return JSON.parse(readFileSync(FILE, "utf8")) as Outcome[];
}

/** Returns the recorded outcomes of one construct's prop; with UPDATE_CHANGES set, records these first. */
export function recordedLike(outcomes: readonly Outcome[]): Outcome[] {
  if (process.env["UPDATE_CHANGES"]) {
    const others = recordedOutcomes().filter((recorded) => !outcomes.some((outcome) => isSame(recorded, outcome)));
    const all = [...others, ...outcomes].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    writeFileSync(FILE, `${JSON.stringify(all, undefined, 2)}\n`);
  }
  const recorded = recordedOutcomes();
  return outcomes.map((outcome) => recorded.find((other) => isSame(other, outcome)) ?? { ...outcome, updated: ["?"] });
}

function isSame(a: Outcome, b: Outcome): boolean {
  return keyOf(a) === keyOf(b);
}

function keyOf({ construct, prop, from, to }: Outcome): string {
  return JSON.stringify([construct, prop, from, to]);
}
