import { Readable } from "node:stream";
import { parse } from "csv-parse";
import { PriceError } from "../errors";

/** One price of the list as AWS writes it: a value for each column. */
export type OfferRow = Readonly<Record<string, string>>;

/** Where AWS keeps its price list. Source: AWS Price List bulk API; needs no account. */
export const PRICE_LIST_URL = "https://pricing.us-east-1.amazonaws.com";

/** Lines about the file that stand before the titles of the columns. */
const PREAMBLE_LINES = 5;

/**
 * The on-demand prices of one service, row by row: the file of EC2 has hundreds of megabytes, so it is never held as a whole.
 * @param region `undefined` for the file of all regions
 * @throws PriceError when there is no such file, or it ends early or is no price list
 */
export async function* offerRows(base: string, service: string, region: string | undefined): AsyncGenerator<OfferRow> {
  const url = [base, "offers/v1.0/aws", service, "current", ...(region ? [region] : []), "index.csv"].join("/");
  try {
    const response = await fetch(url);
    if (!response.ok || response.body === null) {
      throw new PriceError(`${url}: expected a price list, got HTTP ${response.status}.`);
    }
    const parser = parse({ columns: true, from_line: PREAMBLE_LINES + 1 });
    // A download that breaks off has to end the rows with an error, never as if they were all.
    const body = Readable.fromWeb(response.body);
    body.on("error", (error) => parser.destroy(error));
    let titled = false;
    for await (const row of body.pipe(parser) as AsyncIterable<OfferRow>) {
      if (!titled && !("usageType" in row && "PricePerUnit" in row && "TermType" in row)) {
        throw new PriceError(`${url}: expected columns usageType, PricePerUnit and TermType, got other ones.`);
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
