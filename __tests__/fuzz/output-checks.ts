import { TerraformDataSource, TerraformResource, type TerraformStack } from "cdktf";
import { type TerraformJson } from "../helpers/template";

/** Text that appears in the output when the code mistakes the type of a value. */
const LEFTOVERS: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: "an unresolved token", pattern: /TfToken|Token\[/ },
  { what: "a number token", pattern: /-1\.888154589\d*e\+\d+/ },
  { what: "NaN", pattern: /\bNaN\b/ },
  { what: "undefined", pattern: /\bundefined\b/ },
  { what: "an object as text", pattern: /\[object / },
];

/** @throws Error if the JSON contains text that no input contained */
export function checkText(text: string): void {
  for (const { what, pattern } of LEFTOVERS) {
    const found = pattern.exec(text);
    if (found)
      throw new Error(`${what} in the output: …${text.slice(Math.max(0, found.index - 200), found.index + 80)}…`);
  }
}

/** Refuses duplicate addresses, where one construct silently overwrites another and the JSON has fewer blocks than the tree. */
export function checkAddresses(stack: TerraformStack, json: TerraformJson): void {
  const all = stack.node.findAll();
  const blocks = (part: TerraformJson["resource"]) => Object.values(part ?? {}).flatMap(Object.keys).length;
  const resources = all.filter((construct) => TerraformResource.isTerraformResource(construct)).length;
  const sources = all.filter((construct) => TerraformDataSource.isTerraformDataSource(construct)).length;
  if (blocks(json.resource) !== resources) {
    throw new Error(`${resources} resources make ${blocks(json.resource)} addresses`);
  }
  if (blocks(json.data) !== sources) throw new Error(`${sources} data sources make ${blocks(json.data)} addresses`);
}
