import { type Load } from "../prices/load";
import { dollars } from "../render/money";
import { type Align, markdownTable, terminalTable } from "../render/table";
import { ABSENT } from "./absent";
import { type Compared, recommend } from "./compare";
import { CONNECTIONS, loadFor } from "./loads";

const count = (value: number) => value.toLocaleString("en-US");

/** Formats the cost at a load, or why there is none. */
export function cost(compared: Compared, load: Load): string {
  const cents = compared.centsAt(load);
  return cents === undefined ? `no: at most ${count(compared.capacity.connections)}` : dollars(cents);
}

/** A row of the comparison: a heading, and one cell for each pattern. */
export type Row = readonly [heading: string, ...cells: string[]];

/** Returns the rows that the stacks and the facts of the patterns say. */
export function rowsOf(all: readonly Compared[]): readonly Row[] {
  const row = (heading: string, cell: (compared: Compared) => string): Row => [heading, ...all.map(cell)];
  return [
    row("WebSockets", ({ pattern }) => pattern.webSockets.en),
    row("resources of the stack", ({ resources }) => count(resources)),
    row("most connections", ({ capacity }) => `${count(capacity.connections)}: ${capacity.why}`),
    row("$ a month, idle", ({ idleCents }) => dollars(idleCents)),
    ...CONNECTIONS.map((connections) =>
      row(`$ a month, ${count(connections)} connections`, (compared) => cost(compared, loadFor(connections))),
    ),
    row("time to deploy", ({ timeToDeploy }) => timeToDeploy.text),
    row("time to scale", ({ pattern }) => pattern.timeToScale.text),
    row("what breaks on a deploy", ({ pattern }) => pattern.breaksOnDeploy.text),
    row("operations", ({ pattern }) => pattern.operations.text),
    row("customisation", ({ pattern }) => pattern.customisation.text),
  ];
}

/** Returns the heading of each pattern: `A: Fargate behind a load balancer`. */
export function headings(all: readonly Compared[]): string[] {
  return all.map(({ pattern }) => `${pattern.letter}: ${pattern.title.en}`);
}

/** Writes the comparison for a terminal, with the recommendation for a load. */
export function renderTerminal(all: readonly Compared[], load: Load): string {
  const align: Align[] = all.map(() => "right");
  const figures = [
    ["WebSockets", ...all.map(({ pattern }) => pattern.webSockets.en)],
    ["resources of the stack", ...all.map(({ resources }) => count(resources))],
    ["most connections", ...all.map(({ capacity }) => count(capacity.connections))],
    ["$ a month, idle", ...all.map(({ idleCents }) => dollars(idleCents))],
    ...CONNECTIONS.map((connections) => [
      `$ a month, ${count(connections)} connections`,
      ...all.map((compared) => cost(compared, loadFor(connections))),
    ]),
    [`$ a month, your load`, ...all.map((compared) => cost(compared, load))],
  ];
  const { chosen, why } = recommend(all, load);
  const title = chosen === undefined ? "none" : `${chosen.pattern.letter}: ${chosen.pattern.title.en}`;
  return [
    "Profile small on each pattern, Tokyo, list prices without tax. The words behind the figures: docs/patterns.md",
    "",
    terminalTable(["", ...headings(all)], figures, ["left", ...align]),
    ...ABSENT.map(({ letter, title }) => `${letter}: ${title.en}: not there yet`),
    "",
    `Your load: ${Object.entries(load)
      .map(([key, value]) => `${key}=${value}`)
      .join(", ")}`,
    `Choose ${title}. ${why}`,
  ].join("\n");
}

/** Writes the comparison as a Markdown table. */
export function renderMarkdown(all: readonly Compared[]): string {
  const rows = rowsOf(all).map((row) => [...row]);
  return markdownTable(["", ...headings(all)], rows, ["left", ...all.map((): Align => "left")]);
}

/** The rows of the table in the READMEs, by language. */
const README_WORDS = {
  en: {
    header: ["pattern", "`pattern`", "WebSockets", "resources", "most connections", "$ a month, idle"],
    at: (connections: number) => `at ${count(connections)}`,
    no: "no",
    absent: "not there yet",
  },
  ja: {
    header: ["パターン", "`pattern`", "WebSocket", "リソース数", "最大接続数", "月額 $（待機時）"],
    at: (connections: number) => `${count(connections)} 接続`,
    no: "不可",
    absent: "未実装",
  },
} as const;

/** Writes the table of a README. */
export function renderReadme(all: readonly Compared[], language: keyof typeof README_WORDS): string {
  const { header, at, no } = README_WORDS[language];
  const rows = all.map((compared) => {
    const { pattern, resources, capacity, idleCents } = compared;
    const costs = CONNECTIONS.map((connections) => {
      const cents = compared.centsAt(loadFor(connections));
      return cents === undefined ? no : dollars(cents);
    });
    return [
      `${pattern.letter}: ${pattern.title[language]}`,
      `\`${pattern.id}\``,
      pattern.webSockets[language],
      count(resources),
      count(capacity.connections),
      dollars(idleCents),
      ...costs,
    ];
  });
  const absent = ABSENT.map(({ letter, title }) => [
    `${letter}: ${title[language]}`,
    README_WORDS[language].absent,
    ...Array<string>(4 + CONNECTIONS.length).fill(""),
  ]);
  const align: Align[] = ["left", "left", "left", "right", "right", "right", "right", "right", "right"];
  return markdownTable([...header, ...CONNECTIONS.map(at)], [...rows, ...absent], align);
}
