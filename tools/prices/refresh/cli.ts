/** `make prices`: AWS's own prices of today into the price file. Needs the network, and no account. */
import { parseArgs } from "node:util";
import { PriceError } from "../errors";
import { readPriceFile, writePriceFile } from "../price-file";
import { PRICE_FILE } from "../price-list";
import { PRICE_LIST_URL } from "./offer-file";
import { refresh } from "./refresh";
import { renderRefresh } from "./report";

const USAGE = `usage: node --import tsx tools/prices/refresh/cli.ts [options]

  --accept ID,...    take the price of these ids however much it changed
  --file FILE        the price file (default tools/prices/aws-prices.json)
  --from URL         where the price list is served (default ${PRICE_LIST_URL})`;

async function main(): Promise<void> {
  const { accept, file, from } = parse();
  const result = await refresh(readPriceFile(file), {
    base: from,
    today: new Date().toISOString().slice(0, 10),
    accepted: new Set(accept?.split(",")),
  });
  writePriceFile(file, result.file);
  console.log(renderRefresh(result));
}

function parse() {
  try {
    const { values } = parseArgs({
      options: {
        accept: { type: "string" },
        file: { type: "string", default: PRICE_FILE },
        from: { type: "string", default: PRICE_LIST_URL },
      },
    });
    return values;
  } catch (error) {
    throw new PriceError(`${(error as Error).message}\n${USAGE}`);
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof PriceError ? `${error.message}\nThe price file was left as it is.` : error);
  process.exitCode = 1;
});
