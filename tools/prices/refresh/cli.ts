/** `make prices`: updates the price file from AWS's public price list. Needs the network, but no AWS account. */
import { parseArgs } from "node:util";
import { runCommand } from "../../command-line/run-command";
import { PriceError } from "../errors";
import { readPriceFile, writePriceFile } from "../price-file";
import { PRICE_FILE } from "../price-list";
import { PRICE_LIST_URL } from "./offer-file";
import { refresh } from "./refresh";
import { renderRefresh } from "./report";

const USAGE = `usage: node --import tsx tools/prices/refresh/cli.ts [options]

  --accept ID,...    accept the new price of these ids, however large the change
  --file FILE        the price file (default tools/prices/aws-prices.json)
  --from URL         base URL of the price list (default ${PRICE_LIST_URL})`;

async function main(): Promise<void> {
  const { accept, file, from } = parse();
  const today = new Date().toISOString().slice(0, 10);
  const accepted = new Set(accept?.split(","));
  const result = await refresh(readPriceFile(file), { base: from, today, accepted }).catch((error: unknown) => {
    throw error instanceof PriceError ? new PriceError(`${error.message}\nThe price file is unchanged.`) : error;
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

void runCommand(main);
