/** The parts of a mutation report that are read here. Source: mutation-testing-report-schema 2. */
export interface MutationReport {
  readonly files: Readonly<Record<string, { readonly mutants: readonly { readonly status: string }[] }>>;
}

export interface Score {
  readonly killed: number;
  /** Mutants that no test killed, or that no test covered. */
  readonly survived: number;
  /** Percentage of mutants that were killed. */
  readonly score: number;
}

export interface FileScore extends Score {
  readonly file: string;
}

const KILLED = ["Killed", "Timeout"];
const ALIVE = ["Survived", "NoCoverage"];

/** Scores each file. Mutants that do not compile are not counted. */
export function scoresOf({ files }: MutationReport): FileScore[] {
  return Object.entries(files).map(([file, { mutants }]) => {
    const count = (statuses: readonly string[]) => mutants.filter(({ status }) => statuses.includes(status)).length;
    return { file, ...scored(count(KILLED), count(ALIVE)) };
  });
}

export function total(scores: readonly Score[]): Score {
  const sum = (pick: (score: Score) => number) => scores.reduce((all, score) => all + pick(score), 0);
  return scored(
    sum(({ killed }) => killed),
    sum(({ survived }) => survived),
  );
}

/** Renders the scores as a Markdown table, one row for each file and one for the total. */
export function summaryTable(scores: readonly FileScore[]): string {
  const line = (name: string, { killed, survived, score }: Score) =>
    `| ${name} | ${killed} | ${survived} | ${score.toFixed(1)} % |`;
  const head = ["| file | killed | survived | score |", "| --- | ---: | ---: | ---: |"];
  const lines = [...scores].sort((a, b) => (a.file < b.file ? -1 : 1)).map((score) => line(`\`${score.file}\``, score));
  return [...head, ...lines, line("**all**", total(scores)), ""].join("\n");
}

function scored(killed: number, survived: number): Score {
  const all = killed + survived;
  return { killed, survived, score: all === 0 ? 100 : (100 * killed) / all };
}
