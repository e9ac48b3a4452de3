import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";

/** A price as AWS's list writes it; the columns of one service are those that any of its rows has. */
export type Row = Readonly<Record<string, string | number>>;

/** How the stand-in answers for one file. */
export type Behaviour = "whole" | "breaks off" | "absent" | "a web page";

const PREAMBLE = [
  '"FormatVersion","v1.0"',
  '"Disclaimer","This pricing list is for informational purposes only, ""as is"", with a comma."',
  '"Publication Date","2026-11-20T00:00:00Z"',
  '"Version","20261120000000"',
];

/** AWS's price list on loopback: one CSV for each service and region, in the shape of the bulk API. */
export class PriceListServer {
  private constructor(
    private readonly server: Server,
    readonly url: string,
    /** The requested files, in order. */
    readonly asked: readonly string[],
  ) {}

  /** @param files rows by `AmazonECS/ap-northeast-1`, or by `AmazonRoute53` for all regions */
  static async start(
    files: Readonly<Record<string, readonly Row[]>>,
    behaviour: Readonly<Record<string, Behaviour>> = {},
  ): Promise<PriceListServer> {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      const [, service = "", region] =
        /^\/offers\/v1\.0\/aws\/([^/]+)\/current\/(?:([^/]+)\/)?index\.csv$/.exec(request.url ?? "") ?? [];
      const name = region === undefined ? service : `${service}/${region}`;
      asked.push(name);
      const how = behaviour[name] ?? "whole";
      if (how === "absent") return void response.writeHead(404).end();
      if (how === "a web page") return void response.end("<html>\n<body>\n\n\n\n<p>Sign in</p>\n</body>\n</html>\n");
      const text = csv(service, files[name] ?? [{ usageType: "Nothing", PricePerUnit: "1" }]);
      if (how === "whole") return void response.end(text);
      response.writeHead(200, { "content-length": text.length });
      response.write(text.slice(0, -20), () => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new PriceListServer(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function csv(service: string, rows: readonly Row[]): string {
  const complete = rows.map((row) => ({
    SKU: "S",
    TermType: "OnDemand",
    PriceDescription: 'a price, "quoted"',
    StartingRange: "0",
    Currency: "USD",
    ...row,
  }));
  const columns = [...new Set(complete.flatMap((row) => Object.keys(row)))];
  const line = (cells: readonly (string | number)[]) =>
    cells.map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join(",");
  const values = complete.map((row) => line(columns.map((column) => (row as Row)[column] ?? "")));
  return [...PREAMBLE, `"OfferCode","${service}"`, line(columns), ...values, ""].join("\n");
}
