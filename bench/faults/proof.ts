import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { imageOf } from "../../tools/twin/tasks/image";
import { markdownTable } from "../shared/table";
import { loadClient, ROOT } from "./app-packages";
import { DEFENCES, type Defence, findDefence } from "./defences";
import { find } from "./faults";
import { type Outcome } from "./audit/outcome";
import { describeProblems } from "./report/markdown";
import { runFault } from "./run-fault";
import { topologyOf } from "../shared/topology";
import { buildWithoutDefence } from "./build-without-defence";

/** One row of the table. */
interface Proof {
  readonly defence: string;
  /** Verdicts of its row, with the defence and without it. */
  readonly withDefence: string;
  readonly withoutDefence: string;
}

const CLEAN = "clean";
const FILE = join(ROOT, "docs/audit-proof.json");
const MATRIX = join(ROOT, "docs/reliability.json");

/** Removes each defence from a build in turn. Its row of the matrix must then fail, and must be clean with the defence. */
async function main(names: readonly string[]): Promise<void> {
  const image = imageOf(join(ROOT, "app/dist/image"));
  const chosen = names.length === 0 ? DEFENCES : names.map(findDefence);
  for (const defence of chosen) {
    const fault = find(defence.fault);
    const topology = topologyOf(fault.pattern);
    const withDefence =
      measured(fault.name) ?? (await runFault(fault, { topology, image, client: await loadClient() }));
    const altered = await buildWithoutDefence(defence, image);
    const client = await loadClient(altered.clientBundle);
    const withoutDefence = await runFault(fault, { topology, image: altered.image, client });
    const proof = { defence: defence.name, withDefence: verdict(withDefence), withoutDefence: verdict(withoutDefence) };
    console.log(`${defence.name}: with it ${fault.name} is ${proof.withDefence}; without it: ${proof.withoutDefence}`);
    write(proof);
    if (proof.withDefence !== CLEAN || proof.withoutDefence === CLEAN) process.exitCode = 1;
  }
}

/** Returns the fault's row of the last `make faults`. */
function measured(fault: string): Outcome | undefined {
  if (!existsSync(MATRIX)) return undefined;
  const { outcomes } = JSON.parse(readFileSync(MATRIX, "utf8")) as { outcomes: Outcome[] };
  return outcomes.find((outcome) => outcome.fault === fault);
}

function verdict(outcome: Outcome): string {
  return outcome.clean ? CLEAN : describeProblems(outcome).join(", ");
}

/** Writes a proof and keeps earlier ones of defences that still exist. */
function write(proof: Proof): void {
  const before = existsSync(FILE) ? (JSON.parse(readFileSync(FILE, "utf8")) as Proof[]) : [];
  const rows = new Map([...before, proof].map((row) => [row.defence, row]));
  const proofs = DEFENCES.flatMap((defence) => {
    const row = rows.get(defence.name);
    return row === undefined ? [] : [{ ...row, of: defence }];
  });
  writeFileSync(FILE, `${JSON.stringify([...rows.values()], undefined, 2)}\n`);
  writeFileSync(join(ROOT, "docs/audit-proof.md"), page(proofs));
}

function page(proofs: readonly (Proof & { readonly of: Defence })[]): string {
  const shown = new Set(proofs.map(({ defence }) => defence));
  const notRun = DEFENCES.filter(({ name }) => !shown.has(name)).map(({ name }) => name);
  return [
    "# The audit can fail",
    "",
    "An audit that has never failed proves nothing. `make audit-proof` removes each defence from a build of the app, runs the row of the",
    "[fault matrix](reliability.md) that needs it, and writes this page with the matrix's result for the unchanged build. It exits with 1 if a",
    "row stays clean without its defence.",
    "",
    ...markdownTable(
      ["removed defence", "purpose", "row", "with it", "without it"],
      proofs.map(({ of, withDefence, withoutDefence }) => [of.name, of.why, of.fault, withDefence, withoutDefence]),
    ),
    "",
    ...(notRun.length > 0 ? [`Defences not removed for this page: ${notRun.join(", ")}.`, ""] : []),
    "[`bench/faults/defences.ts`](../bench/faults/defences.ts) contains the removed code as text. When a defence is rewritten, a unit",
    "test fails until the text there is updated.",
    "",
  ].join("\n");
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
