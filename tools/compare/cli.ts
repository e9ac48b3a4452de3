/** `make compare`: compares the patterns, recommends one for a load, and writes docs/patterns.md and its picture. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runCommand } from "../command-line/run-command";
import { parseLoad } from "../prices/load";
import { PriceList } from "../prices/price-list";
import { REGION } from "./compare";
import { comparison } from "./page";
import { renderReadme, renderTerminal } from "./report";

const DOCS = join(__dirname, "../../docs");

/** Writes the page and prints the comparison for the load of `--load`. */
function main(): Promise<void> {
  const { values } = parseArgs({ options: { load: { type: "string" }, readme: { type: "boolean" } } });
  const { all, page, picture } = comparison(PriceList.read(REGION));
  if (values.readme) {
    console.log(`${renderReadme(all, "en")}\n\n${renderReadme(all, "ja")}`);
    return Promise.resolve();
  }
  mkdirSync(join(DOCS, "patterns"), { recursive: true });
  writeFileSync(join(DOCS, "patterns.md"), page);
  writeFileSync(join(DOCS, "patterns/cost.svg"), picture);
  console.log(renderTerminal(all, parseLoad(values.load)));
  console.log("\nWrote docs/patterns.md and docs/patterns/cost.svg");
  return Promise.resolve();
}

void runCommand(main);
