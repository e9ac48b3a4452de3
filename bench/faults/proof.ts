import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { imageOf } from "../../tools/twin/tasks/image";
import { markdownTable } from "../table";
import { loadClient, ROOT } from "./app-packages";
import { DEFENCES, type Defence, findDefence } from "./defences";
import { find } from "./faults";
import { type Outcome } from "./outcome";
import { faultsOf } from "./report/markdown";
import { runFault } from "./run-fault";
import { topology } from "../topology";
import { without } from "./without";

/** One line of the table. */
interface Proof {
  readonly defence: string;
  /** What became of its row, with the defence and without it. */
  readonly held: string;
  readonly fell: string;
}

const CLEAN = "clean";
const FILE = join(ROOT, "docs/audit-proof.json");
const MATRIX = join(ROOT, "docs/reliability.json");

/** Every defence is taken out of a build once, and its row of the matrix has to turn red; with it, the row is clean. */
async function main(names: readonly string[]): Promise<void> {
  const image = imageOf(join(ROOT, "app/dist/image"));
  const chosen = names.length === 0 ? DEFENCES : names.map(findDefence);
  for (const defence of chosen) {
    const fault = find(defence.fault);
    const held = measured(fault.name) ?? (await runFault(fault, { topology, image, client: await loadClient() }));
    const altered = await without(defence, image);
    const client = await loadClient(altered.clientBundle);
    const fell = await runFault(fault, { topology, image: altered.image, client });
    const proof = { defence: defence.name, held: verdict(held), fell: verdict(fell) };
    console.log(`${defence.name}: with it ${fault.name} is ${proof.held}; without it: ${proof.fell}`);
    write(proof);
    if (proof.held !== CLEAN || proof.fell === CLEAN) process.exitCode = 1;
  }
}

/** The row of the last `make faults`. */
function measured(fault: string): Outcome | undefined {
  if (!existsSync(MATRIX)) return undefined;
  const { outcomes } = JSON.parse(readFileSync(MATRIX, "utf8")) as { outcomes: Outcome[] };
  return outcomes.find((outcome) => outcome.fault === fault);
}

function verdict(outcome: Outcome): string {
  return outcome.clean ? CLEAN : faultsOf(outcome).join(", ");
}

/** What was shown before stays, as long as there is such a defence. */
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
    "A check that nobody has seen red says nothing. `make audit-proof` takes each defence out of a build of the app, runs the row of the",
    "[fault matrix](reliability.md) that needs it, and writes this page beside what the matrix has for the sound build. It exits 1 when a",
    "row without its defence stays clean.",
    "",
    ...markdownTable(
      ["defence taken out", "what it is for", "row", "with it", "without it"],
      proofs.map(({ of, held, fell }) => [of.name, of.why, of.fault, held, fell]),
    ),
    "",
    ...(notRun.length > 0 ? [`Defences that were not taken out for this page: ${notRun.join(", ")}.`, ""] : []),
    "What is taken out stands in [`bench/faults/defences.ts`](../bench/faults/defences.ts), as text of the sources: a defence that is",
    "rewritten turns a unit test red until its line there is rewritten, too.",
    "",
  ].join("\n");
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
