import { type MutationReport, scoresOf, summaryTable, total } from "../../../tools/mutation/score";

const mutants = (...statuses: string[]) => ({ mutants: statuses.map((status) => ({ status })) });
const report: MutationReport = {
  files: {
    "modules/b.ts": mutants("Killed", "Survived", "NoCoverage", "Timeout"),
    "modules/a.ts": mutants("Killed", "CompileError", "Ignored"),
    "modules/c.ts": mutants(),
  },
};

it("counts killed and surviving mutants only", () => {
  expect(scoresOf(report)).toEqual([
    { file: "modules/b.ts", killed: 2, survived: 2, score: 50 },
    { file: "modules/a.ts", killed: 1, survived: 0, score: 100 },
    { file: "modules/c.ts", killed: 0, survived: 0, score: 100 },
  ]);
  expect(total(scoresOf(report))).toEqual({ killed: 3, survived: 2, score: 60 });
});

it("writes a table, sorted by file, with the total in the last row", () => {
  expect(summaryTable(scoresOf(report))).toBe(
    [
      "| file | killed | survived | score |",
      "| --- | ---: | ---: | ---: |",
      "| `modules/a.ts` | 1 | 0 | 100.0 % |",
      "| `modules/b.ts` | 2 | 2 | 50.0 % |",
      "| `modules/c.ts` | 0 | 0 | 100.0 % |",
      "| **all** | 3 | 2 | 60.0 % |",
      "",
    ].join("\n"),
  );
});
