import { Readable } from "node:stream";
import { parse } from "csv-parse";
import { PriceError } from "../errors";

/** One row of AWS's price list: a value for each column. */
export type OfferRow = Readonly<Record<string, string>>;

/** Where AWS keeps its price list. Source: AWS Price List bulk API; needs no account. */
export const PRICE_LIST_URL = "https://pricing.us-east-1.amazonaws.com";

/** Lines about the file before the column titles. */
const PREAMBLE_LINES = 5;

/**
 * Streams the on-demand prices of one service row by row: EC2's file has hundreds of megabytes and must not be read into memory.
 * @param region `undefined` for the file of all regions
 * @throws PriceError when there is no such file, it ends early or is not a price list
 */
export async function* offerRows(base: string, service: string, region: string | undefined): AsyncGenerator<OfferRow> {
  const url = [base, "offers/v1.0/aws", service, "current", ...(region ? [region] : []), "index.csv"].join("/");
  try {
    const response = await fetch(url);
    if (!response.ok || response.body === null) {
      throw new PriceError(`${url}: expected a price list, got HTTP ${response.status}.`);
    }
    const parser = parse({ columns: true, from_line: PREAMBLE_LINES + 1 });
    // A download that breaks off must end with an error, not like a complete file.
    const body = Readable.fromWeb(response.body);
    body.on("error", (error) => parser.destroy(error));
    let titled = false;
    for await (const row of body.pipe(parser) as AsyncIterable<OfferRow>) {
      if (!titled && !("usageType" in row && "PricePerUnit" in row && "TermType" in row)) {
        throw new PriceError(`${url}: expected columns usageType, PricePerUnit and TermType, got others.`);
      }
      titled = true;
      if (row["TermType"] === "OnDemand" && row["Currency"] === "USD") yield row;
    }
    if (!titled) throw new PriceError(`${url}: expected prices, got none.`);
  } catch (error) {
    if (error instanceof PriceError) throw error;
    const { message, cause } = error as Error;
    throw new PriceError(`${url}: expected a price list, got ${cause instanceof Error ? cause.message : message}.`);
  }
}
