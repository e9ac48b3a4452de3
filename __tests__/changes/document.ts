import { type Outcome } from "../helpers/transitions/outcome";
import { LIFECYCLE } from "./lifecycle-table";
import { LIMITS } from "./limits";

const INTRODUCTION = `# Changes

What a change of a prop does to what runs. Whatever uses a resource is updated before the resource is destroyed. Changes that one apply cannot make are listed with their steps.

<!-- Generated from \`__tests__/changes\` and from the runs of \`make transitions\` by \`UPDATE_CHANGES=1 npx jest --selectProjects unit __tests__/changes\`. Do not edit. -->

Terraform keeps in the state which resources are replaced by a new one first. A state that was applied with an older version of the modules learns it in the
next apply, so upgrade and apply before such a change.
`;

/** Writes docs/changes.md. */
export function changesDocument(outcomes: readonly Outcome[]): string {
  return [INTRODUCTION, ...limits(), ...whatChangesDo(outcomes), ...lifecycle()].join("\n");
}

function limits(): string[] {
  const rows = LIMITS.map(({ construct, change, why, steps }) => [construct, change, why, steps]);
  return ["## What needs steps, or interrupts", "", ...table(["construct", "change", "why", "what to do"], rows)];
}

function whatChangesDo(outcomes: readonly Outcome[]): string[] {
  const constructs = [...new Set(outcomes.map(({ construct }) => construct))];
  const about =
    "Each row was applied to the state of the row's first value on the AWS simulator, with the real Terraform, and an empty plan followed. Types are without `aws_`.";
  return ["## What was tried", "", about, "", ...constructs.flatMap((construct) => sectionOf(construct, outcomes))];
}

function sectionOf(construct: string, outcomes: readonly Outcome[]): string[] {
  const rows = outcomes
    .filter((outcome) => outcome.construct === construct)
    .map((outcome) => [`\`${outcome.prop}\``, `${outcome.from} → ${outcome.to}`, effectOf(outcome)]);
  return [`### ${construct}`, "", ...table(["prop", "change", "what happens"], rows)];
}

function effectOf({ updated, newFirst, oldFirst, created, destroyed }: Outcome): string {
  const parts: readonly [string, readonly string[]][] = [
    ["in place", updated],
    ["replaced, the new one first", newFirst],
    ["replaced, the old one first", oldFirst],
    ["created", created],
    ["destroyed", destroyed],
  ];
  const effects = parts
    .filter(([, types]) => types.length > 0)
    .map(([effect, types]) => `${effect}: ${types.join(", ")}`);
  return effects.length === 0 ? "nothing" : effects.join("; ");
}

function lifecycle(): string[] {
  const sections = Object.entries(LIFECYCLE).flatMap(([module, rows]) => [
    `### ${module}`,
    "",
    ...table(
      ["resource type", "order", "why"],
      Object.entries(rows).map(([type, { order, why }]) => [`\`${type}\``, order, why]),
    ),
  ]);
  const about =
    "`new first`: the module sets `create_before_destroy`. `inherited`: so does Terraform, because something that depends on it is `new first`. `old first`: Terraform's default.";
  return ["## In which order a resource is replaced or removed", "", about, "", ...sections];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line), ""];
}
