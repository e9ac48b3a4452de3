import { relative, resolve } from "node:path";
import { PRICE_FILE, type PriceList } from "../prices/price-list";
import { dollars } from "../render/money";
import { type Align, markdownTable } from "../render/table";
import { BUSY, type Demand, QUIET } from "./demand";
import { HOSTED, hostedPrice, type HostedService } from "./hosted";
import { type LoadTest, predictedKnee } from "./knee";
import { CATCH_UP, LIMITS, PROVISION_SEC } from "./limits";
import { type Measured } from "./measured";
import { priceOf, totalOf } from "./price";
import { fleetOf, EVENTS } from "./simulation/scenario";
import { type Outcome, simulate } from "./simulation/simulate";
import { limitsInOrder, type Size, sizeFor } from "./size";
import { renderChart } from "../render/line-chart";

const ROOT = resolve(__dirname, "../..");

export const CONNECTIONS = [1e3, 1e4, 1e5, 1e6, 1e7] as const;
const RATES = [
  { name: "quiet", what: "a message each 1,000 seconds from each connection", rates: QUIET },
  { name: "busy", what: "a message a minute from each connection", rates: BUSY },
] as const;
const COLORS = ["#2a6fbb", "#c2571a", "#3a8f4d", "#8a4fae"] as const;

/** The output of `make capacity`: a page, and its pictures by file name. */
export interface Capacity {
  readonly page: string;
  readonly pictures: Readonly<Record<string, string>>;
}

interface Planned {
  readonly size: Size;
  readonly cents: number;
  readonly outcomes: readonly Outcome[];
}

export function capacity(measured: Measured, loadTest: LoadTest, prices: PriceList): Capacity {
  const planned = RATES.map(({ rates }) =>
    CONNECTIONS.map((connections): Planned => {
      const size = sizeFor({ ...rates, connections }, measured);
      const fleet = fleetOf(size, measured);
      const outcomes = EVENTS.map(([, , happening]) => simulate(fleet, happening));
      return { size, cents: totalOf(priceOf(size, prices)), outcomes };
    }),
  );
  return {
    page: page(measured, loadTest, prices, planned),
    pictures: {
      "cost.svg": costChart(planned),
      ...Object.fromEntries(
        EVENTS.map(([title, , { kind }], index) => {
          const chart = kind === "surge" ? crowdChart : offlineChart;
          return [pictureOf(title), chart(title, planned[1]!, index)];
        }),
      ),
    },
  };
}

function page(
  measured: Measured,
  loadTest: LoadTest,
  prices: PriceList,
  planned: readonly (readonly Planned[])[],
): string {
  return `<!-- Written by \`make capacity\`; change tools/capacity, not this page. -->

# Capacity

The tasks, data stores and dollars that one thousand to ten million connections need, computed from measurements of the app and AWS's documented limits. The model is small enough to check by hand ([tools/capacity](../tools/capacity)). Figures marked _assumed_ below have not been measured yet; a load test will replace them.

One **cell** is one environment: a load balancer, tasks of 1 vCPU and 2 GB, a cache with a replica, and a database in two zones, as large as necessary. Where one cell exceeds a limit, the plan divides customers over the fewest equal cells that stay below every limit. Cells are independent, so each handles only its share of the messages.

![Dollars a month by connections](capacity/cost.svg)

${RATES.map(({ name, what }, index) => `## ${heading(name)}: ${what}\n\n${sizeTable(planned[index]!)}\n\n${limitText(RATES[index]!.rates, measured)}`).join("\n\n")}

Not included: logs, alarms, support and volume discounts. The profile \`small\` serves the first row for less than a third of its price.

${quotaText(planned)}

## Failures and surges

A simulation of each cell of the busy plan, second by second: tasks with one core each, clients that retry after 1 s, 2 s, 4 s and so on up to 15 s, the autoscaler, ECS's launch rates, and a database that catches up every reconnected client. The same seed gives the same run.

${EVENTS.map(([title, what], index) => `### ${heading(title)}\n\n${heading(what)}.\n\n![${heading(title)}](capacity/${pictureOf(title)})\n\n${outcomeTable(planned[1]!, index)}`).join("\n\n")}

The simulation does not model the load balancer, which scales over minutes and does every TLS handshake (reserve capacity before a known event; AWS publishes no rate), requests for pages and tickets, and a database with a cold cache.

${figuresText(measured, loadTest, prices)}

## Hosted services

The price of a hosted service for the same connections and messages, by its public prices. It would replace the load balancer, the tasks' share for connections, and Redis; the app and its database are paid in addition. Our price includes everything.

${hostedTables(planned)}

${HOSTED.map(({ name, asOf, source, confidence }) => `- ${name}, as of ${asOf}: ${source}. Confidence: ${confidence}.`).join("\n")}
- Ably's volume discounts are not included, since they are not public. A conversation counts as a channel that is always active.
`;
}

function figuresText(measured: Measured, loadTest: LoadTest, prices: PriceList): string {
  return `## Figures

Measured, on ${measured.machine} (a message by \`bench/load\`, the rest by \`bench/app\`):

${figureTable([
  ["CPU of a message to four sockets, both tasks, warm", `${measured.messageUs} µs`],
  ["CPU of a handshake, ticket check included", `${measured.handshakeUs} µs`],
  ["memory of a connection", `${count(measured.connectionBytes)} bytes`],
  ["boot of the image in 0.25 vCPU", `${measured.bootSec} s`],
])}

${kneeText(measured, loadTest)}

A Graviton core differs from the benchmark's; no factor is applied.

${limitTable()}

Prices: list prices of ${prices.asOf}; larger database classes at the price of \`db.m7g.large\` by their size. Its Tokyo price has confidence ${prices.find("rds.pg.m7g.large.maz")?.confidence ?? "none"} (\`${relative(ROOT, PRICE_FILE)}\`).`;
}

function hostedTables(planned: readonly (readonly Planned[])[]): string {
  const header = ["", "connections", "ours, $ a month", ...HOSTED.map(({ name }) => `${name}, $ a month`)];
  const rows = planned.flatMap((sizes, index) =>
    sizes.map(({ size: { demand }, cents }) => [
      RATES[index]!.name,
      count(demand.connections),
      count(Math.round(cents / 100)),
      ...HOSTED.map((service) => hostedCell(service, demand)),
    ]),
  );
  return table(header, ["left", "right", "right", ...HOSTED.map(() => "right" as const)], rows);
}

function hostedCell(service: HostedService, demand: Demand): string {
  const price = hostedPrice(service, demand);
  return price === undefined ? "by contract" : `${count(Math.round(price.dollars))} (${price.plan})`;
}

/** Compares the model with a load test that it was not derived from. */
function kneeText(measured: Measured, loadTest: LoadTest): string {
  const { kneePerSec, cpu, tasks, connections, limit } = loadTest;
  const predicted = predictedKnee(measured, loadTest);
  const off = Math.round(100 * Math.abs(predicted / kneePerSec - 1));
  return [
    `Compared with a load test (\`bench/load/results/baseline.json\`): ${tasks} tasks of ${cpu / 1024} vCPU with ${count(connections)} open connections`,
    `sustained ${count(kneePerSec)} messages a second and then ran out of ${limit}. The model predicts ${count(Math.round(predicted))}, ${off} % off.`,
  ].join(" ");
}

function pictureOf(title: string): string {
  return `${title.replace(" ", "-")}.svg`;
}

function heading(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}

function table(header: readonly string[], align: readonly Align[], rows: readonly (readonly string[])[]): string {
  return markdownTable(header, rows, align);
}

function sizeTable(planned: readonly Planned[]): string {
  const rows = planned.map(({ size: { demand, cells, cell }, cents }) => [
    count(demand.connections),
    count(Math.round(demand.connections * demand.messagesPerConnection * 10) / 10),
    count(cells),
    count(cells * cell.tasks),
    cell.database.name,
    `${cell.uses[0]!.limit} (${Math.round(100 * cell.uses[0]!.used)} %)`,
    dollars(Math.round(cents / 100) * 100).replace(".00", ""),
    (cents / 100 / (demand.connections / 1000)).toFixed(2),
  ]);
  const header = [
    "connections",
    "messages/s",
    "cells = load balancers",
    "tasks",
    "database of a cell",
    "nearest limit",
    "$ a month",
    "$ for 1,000",
  ];
  return table(header, ["right", "right", "right", "right", "left", "left", "right", "right"], rows);
}

function limitText(rates: typeof QUIET | typeof BUSY, measured: Measured): string {
  const rows = limitsInOrder(rates, measured).map(({ limit, connections, lift }) => [limit, count(connections), lift]);
  const text = "The limits of a single cell, in the order in which it reaches them:";
  return `${text}\n\n${table(["limit", "reached at", "remedy"], ["left", "right", "left"], rows)}`;
}

/** Names the quotas to raise before an account can run a plan. */
function quotaText(planned: readonly (readonly Planned[])[]): string {
  const { value } = LIMITS.loadBalancersPerRegion;
  const most = Math.max(...planned.flat().map(({ size }) => size.cells));
  const first = `Quotas to raise first: vCPUs of Fargate in the account, which begin low`;
  if (most <= value) return `${first}.`;
  return `${first}, and load balancers in a region, ${value} by default, where a row has more cells (up to ${most}).`;
}

function outcomeTable(planned: readonly Planned[], index: number): string {
  const rows = planned.map(({ size, outcomes }) => {
    const { recoveredSec, scaledSec, gapP99Sec, overloadSec, dropped, samples } = outcomes[index]!;
    const peak = Math.max(...samples.map(({ offline }) => offline));
    const seconds = (value: number | undefined) => (value === undefined ? "never" : `${value} s`);
    return [
      count(size.demand.connections),
      count(Math.min(size.demand.connections, peak * size.cells)),
      count(Math.round(Math.max(...samples.map(({ open, serving }) => open / Math.max(1, serving))))),
      `${gapP99Sec} s`,
      seconds(recoveredSec),
      seconds(scaledSec),
      `${overloadSec} s`,
      count(dropped * size.cells),
    ];
  });
  const header = [
    "connections",
    "offline at once",
    "most connections of a task",
    "99 % reconnected after",
    "all caught up after",
    "all tasks running after",
    "a task at full CPU for",
    "handshakes timed out",
  ];
  return table(
    header,
    header.map(() => "right"),
    rows,
  );
}

function figureTable(rows: readonly (readonly [string, string])[]): string {
  return table(["figure", "value"], ["left", "right"], rows);
}

function limitTable(): string {
  const rows = [...Object.values(LIMITS), CATCH_UP, PROVISION_SEC].map((limit) => [
    `${count(limit.value)} ${limit.unit}`,
    limit.origin,
    `${limit.source}${"adjustable" in limit && limit.adjustable ? "; AWS raises it" : ""}`,
  ]);
  return table(["figure", "origin", "source"], ["left", "left", "left"], rows);
}

function costChart(planned: readonly (readonly Planned[])[]): string {
  return renderChart({
    title: "Dollars a month by connections",
    x: { label: "connections", scale: "log", tick: count },
    y: { label: "$ a month", scale: "log", tick: count },
    series: planned.map((sizes, index) => ({
      name: RATES[index]!.name,
      color: COLORS[index]!,
      points: sizes.map(({ size, cents }) => [size.demand.connections, cents / 100] as const),
    })),
  });
}

const SHOWN_SEC = 480;
type Shown = (sample: Outcome["samples"][number]) => number;

function offlineChart(title: string, sizes: readonly Planned[], index: number): string {
  const share: Shown = ({ open, offline }) => (100 * offline) / Math.max(1, open + offline);
  return secondsChart(`${heading(title)}: share of the clients that are offline`, "% offline", sizes, index, share);
}

/** Charts connections per task: during a surge nobody is offline, but tasks fill up. */
function crowdChart(title: string, sizes: readonly Planned[], index: number): string {
  const crowd: Shown = ({ open, serving }) => open / Math.max(1, serving);
  return secondsChart(`${heading(title)}: connections of a task`, "connections of a task", sizes, index, crowd);
}

function secondsChart(title: string, y: string, sizes: readonly Planned[], index: number, shown: Shown): string {
  return renderChart({
    title,
    x: { label: "seconds, the event at 60", scale: "linear", tick: count },
    y: { label: y, scale: "linear", tick: count },
    // The smallest size is two idle tasks.
    series: sizes.slice(1).map(({ size, outcomes }, place) => ({
      name: count(size.demand.connections),
      color: COLORS[place]!,
      points: outcomes[index]!.samples.filter(({ second }) => second <= SHOWN_SEC).map(
        (sample) => [sample.second, shown(sample)] as const,
      ),
    })),
  });
}
