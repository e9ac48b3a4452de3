import { type ProblemCatalogue } from "../../modules/core/problem";
import { type Example } from "./examples";

/** Writes docs/errors.md: for each module its codes, in order. */
export function errorsDocument(catalogue: ProblemCatalogue, examples: ReadonlyMap<string, Example>): string {
  const lines = [
    "# Errors",
    "",
    "Every problem in a configuration ends in a code. Generated from the catalogues (`validation/problems.ts` of each module) by `UPDATE_ERRORS=1 npx jest __tests__/errors`; do not edit.",
    "",
  ];
  let group = "";
  for (const [code, { summary, why }] of Object.entries(catalogue).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const module = code.split("/")[0]!;
    if (module !== group) lines.push(`## ${module}`, "");
    group = module;
    lines.push(`### ${code}`, "", summary, "", `Why: ${why}`, "");
    const example = examples.get(code);
    if (!example) continue;
    lines.push(`Remedy: ${example.remedy}`, "", "```text", example.input, example.message, "```", "");
  }
  return lines.join("\n");
}
