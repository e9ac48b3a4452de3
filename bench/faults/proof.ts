import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { imageOf } from "../../tools/twin/image";
import { loadClient, ROOT } from "./app-packages";
import { DEFENCES } from "./defences";
import { find } from "./faults";
import { type Outcome } from "./outcome";
import { faultsOf, table } from "./report/markdown";
import { runFault } from "./run-fault";
import { topology } from "./topology";
import { without } from "./without";

interface Proof {
  readonly defence: string;
  readonly why: string;
  readonly fault: string;
  readonly held: Outcome;
  readonly fell: Outcome;
}

/** Every defence is taken out of a build once, and its row of the matrix has to turn red; with it, the row is clean. */
async function main(): Promise<void> {
  const image = imageOf(join(ROOT, "app/dist/image"));
  const proofs: Proof[] = [];
  for (const defence of DEFENCES) {
    const fault = find(defence.fault);
    const altered = await without(defence, image);
    const held = await runFault(fault, { topology, image, client: await loadClient() });
    const fell = await runFault(fault, {
      topology,
      image: altered.image,
      client: await loadClient(altered.clientBundle),
    });
    proofs.push({ defence: defence.name, why: defence.why, fault: fault.name, held, fell });
    console.log(`${defence.name}: with it ${fault.name} is ${verdict(held)}; without it ${verdict(fell)}`);
  }
  writeFileSync(join(ROOT, "docs/audit-proof.md"), page(proofs));
  if (proofs.some(({ held, fell }) => !held.clean || fell.clean)) process.exitCode = 1;
}

function verdict(outcome: Outcome): string {
  return outcome.clean ? "clean" : `RED: ${faultsOf(outcome).join(", ")}`;
}

function page(proofs: readonly Proof[]): string {
  return [
    "# The audit can fail",
    "",
    "A check that nobody has seen red says nothing. `make audit-proof` takes each defence out of a build of the app, runs the row of the",
    "[fault matrix](reliability.md) that needs it, once with and once without, and writes this page. It exits 1 when a row without its",
    "defence stays clean.",
    "",
    ...table(
      ["defence taken out", "what it is for", "row", "with it", "without it"],
      proofs.map(({ defence, why, fault, held, fell }) => [defence, why, fault, verdict(held), verdict(fell)]),
    ),
    "",
    "What is taken out stands in [`bench/faults/defences.ts`](../bench/faults/defences.ts), as text of the sources: a defence that is",
    "rewritten turns a unit test red until its line here is rewritten, too.",
    "",
  ].join("\n");
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
