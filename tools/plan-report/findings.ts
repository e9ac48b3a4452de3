import { PlanReportError } from "./errors";
import { type PlanReport, type StackReport } from "./report";

/** What a pipeline can be told to fail on. */
export type Finding = "data-loss" | "outage" | "interruption" | "policy" | "drift" | "changes";

/** Something found, at the resource that it is about. */
export interface Found {
  readonly stack: string;
  readonly finding: Finding;
  readonly address: string;
}

const LISTS: Readonly<Record<Finding, (report: StackReport) => readonly { readonly address: string }[]>> = {
  "data-loss": ({ dataLosses }) => dataLosses.filter(({ severity }) => severity !== "unprotected"),
  outage: ({ interruptions }) => interruptions.filter(({ effect }) => effect === "outage"),
  interruption: ({ interruptions }) => interruptions,
  policy: ({ policies }) =>
    policies?.failed ? policies.violations.map(({ resource }) => ({ address: resource })) : [],
  drift: ({ drift }) => drift,
  changes: ({ changes, outputs }) => [...changes, ...outputs.map(({ path }) => ({ address: `output ${path}` }))],
};

/** Parses `data-loss,outage`. @throws PlanReportError naming a word that is none of them */
export function parseFindings(text: string | undefined): ReadonlySet<Finding> {
  const words = (text ?? "").split(",").map((word) => word.trim());
  const known = Object.keys(LISTS) as Finding[];
  const wrong = words.find((word) => word !== "" && !(known as string[]).includes(word));
  if (wrong !== undefined) throw new PlanReportError(`--fail-on: expected ${known.join(", ")}, got ${wrong}.`);
  return new Set(known.filter((finding) => words.includes(finding)));
}

/** Lists accepted addresses that nothing is found at: misspelt, or from an earlier plan. */
export function unknownAddresses({ stacks }: PlanReport, accepted: readonly string[]): string[] {
  const lists = Object.values(LISTS);
  const known = new Set(
    stacks.flatMap((report) => lists.flatMap((list) => list(report).map(({ address }) => address))),
  );
  return accepted.filter((address) => !known.has(address));
}

/** Lists what was found and is not accepted. */
export function findings({ stacks }: PlanReport, failOn: ReadonlySet<Finding>, accepted: readonly string[]): Found[] {
  return stacks.flatMap((report) =>
    [...failOn].flatMap((finding) =>
      LISTS[finding](report)
        .filter(({ address }) => !accepted.includes(address))
        .map(({ address }) => ({ stack: report.stack, finding, address })),
    ),
  );
}
