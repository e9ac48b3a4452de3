import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Template } from "./template";

const FOLDER = join(__dirname, "../stacks/contracts");

export interface ContractList {
  readonly outputs: readonly string[];
  readonly variables: readonly string[];
  readonly addresses: readonly string[];
}

/** Returns the public contract of a stack: its resource addresses, outputs and variables. */
export function contractList(template: Template): ContractList {
  return {
    outputs: Object.keys(template.json.output ?? {}).sort(),
    variables: Object.keys(template.json.variable ?? {}).sort(),
    addresses: template.addresses(),
  };
}

/** Reads a committed contract list. With UPDATE_CONTRACTS=1 it is written first, for a reviewed change. */
export function committedList(name: string, current: ContractList): ContractList {
  const file = join(FOLDER, `${name}.json`);
  if (process.env["UPDATE_CONTRACTS"] === "1") writeFileSync(file, `${JSON.stringify(current, undefined, 2)}\n`);
  return JSON.parse(readFileSync(file, "utf8")) as ContractList;
}
