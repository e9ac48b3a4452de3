import { type PriceList } from "../prices/price-list";
import { renderChart, type Series } from "../render/line-chart";
import { type Align, markdownTable } from "../render/table";
import { compare, type Compared, recommend } from "./compare";
import { ABSENT } from "./absent";
import { GUIDE_SERVICES, GUIDE_TABLE } from "./guide";
import { CONNECTIONS, loadFor } from "./loads";
import { PATTERNS } from "./patterns";
import { renderMarkdown } from "./report";

/** The loads of the picture, in open connections. */
const CHARTED = [10, 20, 50, 100, 150, 200, 500, 1000, 2000, 3000, 4000, 5000, 6000] as const;
const COLORS = ["#2a6fbb", "#3a8f4d", "#c2571a", "#7a4fa3"] as const;
const count = (value: number) => value.toLocaleString("en-US");

/** The output of `make compare`. */
export interface Comparison {
  readonly all: readonly Compared[];
  /** docs/patterns.md */
  readonly page: string;
  /** docs/patterns/cost.svg */
  readonly picture: string;
}

/** Compares all patterns. */
export function comparison(prices: PriceList): Comparison {
  const all = PATTERNS.map((pattern) => compare(pattern, prices));
  return { all, page: page(all, prices), picture: picture(all) };
}

function page(all: readonly Compared[], prices: PriceList): string {
  return [
    "<!-- Written by `make compare`; change tools/compare, not this page. -->",
    "",
    "# Patterns",
    "",
    "An environment names its `pattern`: what runs the application's container. This page compares the stacks that are synthesized for each, and says which of the deployment guide's claims hold. Figures are of the profile `small`: PostgreSQL in two zones, logs for a year, alarms; A and B also have a cache, a firewall and a NAT gateway, which C does not need.",
    "",
    ABSENT.map(({ letter, title, why }) => `**${letter}: ${title.en}** is not there yet: ${why}`).join(" "),
    "",
    "## Which to choose",
    "",
    ...choice(all),
    "",
    "For another load, `make compare LOAD=connections=5000,messagesPerSec=20` prints the costs and a recommendation; it takes the same load as [`make cost`](../tools/cost).",
    "",
    "## Side by side",
    "",
    renderMarkdown(all),
    "",
    `Costs are list prices of ${prices.asOf} in Tokyo, US dollars a month without tax, at the rates of \`make cost\`'s default load for each connection. What has no price in the list, such as the logs of App Runner, is not included.`,
    "",
    "![Dollars a month by connections](patterns/cost.svg)",
    "",
    "## What the guide says",
    "",
    ...claims(all),
    "",
    "Its summary, and what the stacks say:",
    "",
    markdownTable(GUIDE_TABLE.header, GUIDE_TABLE.rows, ["left", "left", "left", "left"]),
    "",
    "## WebSockets by service",
    "",
    markdownTable(GUIDE_SERVICES.header, GUIDE_SERVICES.rows, ["left", "left", "left", "left"]),
    "",
    ...EXPRESS,
    "",
    ...SWITCHING,
    "",
    "## Sources",
    "",
    ...sources(all),
    "",
  ].join("\n");
}

function choice(all: readonly Compared[]): string[] {
  const rows = CONNECTIONS.map((connections) => {
    const { chosen, why } = recommend(all, loadFor(connections));
    const title = chosen === undefined ? "none" : `${chosen.pattern.letter}: ${chosen.pattern.title.en}`;
    return [count(connections), title, why];
  });
  return [markdownTable(["connections", "choose", "because"], rows, ["right", "left", "left"])];
}

function claims(all: readonly Compared[]): string[] {
  const rows = all.flatMap(({ pattern }) =>
    pattern.claims.map(({ guide, holds, source }) => [pattern.letter, guide, holds, source]),
  );
  const align: Align[] = ["left", "left", "left", "left"];
  return [markdownTable(["pattern", "the guide", "what holds", "source"], rows, align)];
}

const EXPRESS = [
  "## ECS Express Mode, the successor of App Runner",
  "",
  "AWS recommends ECS Express Mode to App Runner's users: one call creates a Fargate service behind a shared load balancer, with HTTPS, canary deployments and autoscaling. The provider that this repository pins (5.100) has no resource for it: `aws_ecs_express_gateway_service` came with 6.23, and `@cdktf/provider-aws` has its class from 21.22 on. So there is no module and no example here; nothing could validate one. Written against 6.x, it would still lack what sockets need:",
  "",
  "- **Sticky sessions**: no argument of the resource turns them on, so that long-polling fails with two tasks or more, as on App Runner (assumed, not run). WebSockets pass its load balancer.",
  "- **Idle timeout and deregistration delay**: the load balancer's defaults, of 60 s and 300 s, cannot be changed. A heartbeat of 25 and 20 seconds fits below the first; a slower one does not.",
  "- **A task definition of your own**: no stop timeout, so that a task has 30 seconds to drain; no container that migrates first; no read-only root.",
  "- **The managed load balancer's ARN** is not exposed: no web ACL, no alarm on it, no access log by Terraform.",
  "- Several bugs of the resource are open: the order of variables differs in every plan, and some changes recreate the service.",
  "",
  "Pattern A is the answer for Socket.IO. It is not dearer: Express Mode's default task, 1 vCPU and 2 GB on x86, costs $44.98 a month in Tokyo, and its load balancer comes on top.",
];

const SWITCHING = [
  "## Switching",
  "",
  'The network, database, secrets, registry, key and alarms stay what they are, with the same addresses. Between A and B, `pattern` alone changes where a profile gives the sizes; otherwise `service` does, too. An environment that changes to App Runner changes `pattern`, `entrance` (`{ kind: "custom-domain", domainName }`) and leaves out `cache` and `service`; back, it names them again. Each missing or foreign field is an error that says what to write. The plan removes one compute and creates the other, so that clients wait from one to the other: move the DNS record between two environments instead, on one database, if they must not. Production refuses App Runner, since one instance is no production.',
];

function sources(all: readonly Compared[]): string[] {
  const facts = all.flatMap(({ pattern, timeToDeploy }) => {
    const { timeToScale, breaksOnDeploy, operations, customisation } = pattern;
    return Object.entries({
      "time to deploy": timeToDeploy,
      "time to scale": timeToScale,
      deploys: breaksOnDeploy,
      operations,
      customisation,
    }).map(([name, { source }]) => [pattern.letter, name, source]);
  });
  return [
    markdownTable(["pattern", "statement", "source"], facts, ["left", "left", "left"]),
    "",
    "ECS Express Mode: ECS developer guide, Express Mode; hashicorp/terraform-provider-aws issues 45792, 47377, 47438, 49359 and 49511; the arguments of the resource as of provider 6.66.",
  ];
}

function picture(all: readonly Compared[]): string {
  const series = all.map(({ pattern, centsAt }, index): Series => {
    const points = CHARTED.flatMap((connections): [number, number][] => {
      const cents = centsAt(loadFor(connections));
      return cents === undefined ? [] : [[connections, cents / 100]];
    });
    return { name: `${pattern.letter}: ${pattern.id}`, color: COLORS[index % COLORS.length]!, points };
  });
  return renderChart({
    title: "Dollars a month by open connections",
    x: { label: "open connections; a line ends where its stack is full", scale: "log", tick: count },
    y: { label: "$ a month", scale: "linear", tick: count },
    series,
  });
}
