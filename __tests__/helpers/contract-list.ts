import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Template } from "./template";

const FOLDER = join(__dirname, "../stacks/contracts");

export interface ContractList {
  readonly outputs: readonly string[];
  readonly variables: readonly string[];
  readonly addresses: readonly string[];
}

/** What others hold on to: the addresses that state is keyed by, the outputs and the variables. */
export function contractList(template: Template): ContractList {
  return {
    outputs: Object.keys(template.json.output ?? {}).sort(),
    variables: Object.keys(template.json.variable ?? {}).sort(),
    addresses: template.addresses(),
  };
}

/** The committed list of that name; UPDATE_CONTRACTS=1 writes it first, for a reviewed change. */
export function committedList(name: string, current: ContractList): ContractList {
  const file = join(FOLDER, `${name}.json`);
  if (process.env["UPDATE_CONTRACTS"] === "1") writeFileSync(file, `${JSON.stringify(current, undefined, 2)}\n`);
  return JSON.parse(readFileSync(file, "utf8")) as ContractList;
}
