import { chosenPart } from "./tools/mutation/parts.mjs";

const { name, mutate } = chosenPart();
const results = `.cache/mutation/${name}`;

/**
 * Mutation tests of what refuses bad input: changes the code in small ways, and reports each change that no test notices. Static
 * mutants (patterns, tables and limits at the top of a file) need every test of the part again, which takes hours for all parts:
 * MUTATION_STATIC=1 has them, too. MUTATION_TEXTS=0 leaves the words of messages as they are, and takes a third less.
 *
 * @type {import("@stryker-mutator/api/core").PartialStrykerOptions}
 */
const config = {
  packageManager: "npm",
  testRunner: "jest",
  jest: { configFile: "jest.mutation.config.mjs" },
  coverageAnalysis: "perTest",
  mutate,
  mutator: { excludedMutations: process.env["MUTATION_TEXTS"] === "0" ? ["StringLiteral"] : [] },
  ignoreStatic: process.env["MUTATION_STATIC"] !== "1",
  ignorePatterns: ["/app", "!/app/contract.ts", "/bench", "/cdktf.out", "/dist", "/docs"],
  disableTypeChecks: false,
  concurrency: 2,
  incremental: true,
  incrementalFile: `${results}/incremental.json`,
  tempDirName: `${results}/sandbox`,
  reporters: ["progress-append-only", "clear-text", "json", "html"],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: `${results}/report.json` },
  htmlReporter: { fileName: `${results}/report.html` },
  // On a busy machine a slow test is no endless loop; a mutant that was only slow must not count as killed.
  timeoutMS: 30_000,
  // The whole is judged by tools/mutation/run.ts, not the part.
  thresholds: { high: 90, low: 85, break: null },
  warnings: { slow: false },
};

export default config;
