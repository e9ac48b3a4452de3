/** Returns the name that a misspelt one most likely means; `undefined` when none is close. */
export function similarName(name: string, known: readonly string[]): string | undefined {
  const lower = name.toLowerCase();
  const distances = known.map((candidate) => {
    const other = candidate.toLowerCase();
    const partOfOther = lower.length > 2 && (other.startsWith(lower) || lower.startsWith(other));
    return { candidate, distance: partOfOther ? 1 : editDistance(lower, other) };
  });
  const [closest] = distances.sort((one, other) => one.distance - other.distance);
  return closest !== undefined && closest.distance <= Math.max(1, lower.length / 3) ? closest.candidate : undefined;
}

/** Returns the name that differs from this one in at most so many letters; `undefined` when the name itself is known, or none is that close. */
export function misspelt(name: string, known: readonly string[], letters: number): string | undefined {
  return known.includes(name) ? undefined : known.find((candidate) => editDistance(name, candidate) <= letters);
}

/** Returns the Levenshtein distance: how many insertions, deletions and replacements turn one text into the other. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (const [column, other] of [...to].entries()) {
      const replaced = row[column]! + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, row[column + 1]! + 1, next[column]! + 1));
    }
    row = next;
  }
  return row[to.length]!;
}
