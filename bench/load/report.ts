import { renderChart } from "../../tools/render/line-chart";
import { type machine } from "../shared/machine";
import { markdownTable } from "../shared/table";
import { RECEIVERS, type Result, SUSTAINED } from "./measure";
import { type ConnectionStep, type MessageStep } from "./load-steps";
import { MAX_ACK_P99_MS } from "./targets";
import { type Usage } from "./usage";

/** Returns the problem of a result, if any. Delays above the knee are allowed; losing acknowledged messages never is. */
export function verdictOf({ lost, trials, sustained, knee }: Result): string | undefined {
  if (lost > 0) return `${lost} acknowledged messages are not in the database`;
  if (knee === undefined) return "the service did not keep up with the lowest rate";
  for (const step of [...trials.filter(({ keptUp }) => keptUp), ...(sustained ? [sustained] : [])]) {
    const expected = step.acknowledged * RECEIVERS;
    if (step.delivered !== expected) {
      return `${step.ratePerSec} messages/s: expected ${expected} deliveries, got ${step.delivered}`;
    }
  }
  return sustained?.keptUp === false ? `${sustained.ratePerSec} messages/s were not sustained` : undefined;
}

/** Formats the result as a Markdown page, for the terminal and the repository. */
export function report(result: Result, { cpu, cores }: ReturnType<typeof machine>): string {
  const { task, connections, trials, knee, limit, sustained, beyond, lost } = result;
  const byRate = [...trials].sort((a, b) => a.ratePerSec - b.ratePerSec);
  return [
    `# Load: ${task.count} tasks of ${task.cpu / 1024} vCPU and ${task.memoryMiB} MiB`,
    "",
    `On the local twin of the applied dev topology, on ${cores} cores of ${cpu} that the tasks share with HAProxy, Redis,`,
    "PostgreSQL and the load generator. A message is stored in PostgreSQL, acknowledged, and delivered to three other connections.",
    "",
    `**Knee: ${knee?.ratePerSec ?? "none"} messages per second**; exhausted above it: ${limit}. Acknowledged and lost: ${lost}.`,
    "",
    `It keeps up while every message is acknowledged, 99 % within ${MAX_ACK_P99_MS} ms.`,
    "",
    `## Connections, idle`,
    "",
    ...markdownTable(CONNECTION_HEAD, [...connections, ...beyond].map(connectionRow)),
    "",
    `## Messages, while ${connections.at(-1)?.connections} connections are open`,
    "",
    ...markdownTable(MESSAGE_HEAD, byRate.map(messageRow)),
    "",
    ...(sustained
      ? [
          `## ${SUSTAINED * 100} % of the knee for ${sustained.seconds} s`,
          "",
          ...markdownTable(MESSAGE_HEAD, [messageRow(sustained)]),
          "",
        ]
      : []),
  ].join("\n");
}

const CONNECTION_HEAD = ["connections", "handshake p50 / p99", "retried", "CPU of each task", "memory of each task"];
const MESSAGE_HEAD = [
  "messages/s",
  "keeps up",
  "ack p50 / p99",
  "delivery p50 / p99",
  "failed",
  "CPU of each task",
  "CPU per message",
  "memory of each task",
  "machine",
  "generator",
];

function connectionRow({ connections, handshake, repeated, held }: ConnectionStep): string[] {
  return [String(connections), times(handshake), String(repeated), cpuOf(held), memoryOf(held)];
}

function messageRow(step: MessageStep): string[] {
  const failed = Object.entries(step.failed).map(([reason, count]) => `${count} ${reason}`);
  return [
    String(step.ratePerSec),
    step.keptUp ? "yes" : "no",
    times(step.ack),
    times(step.delivery),
    failed.join(", ") || "0",
    cpuOf(step.usage),
    `${step.cpuPerMessageUs.toFixed(0)} µs`,
    memoryOf(step.usage),
    percent(step.usage.machine),
    percent(step.generatorCpu),
  ];
}

function times({ p50Ms, p99Ms }: { p50Ms: number; p99Ms: number }): string {
  return `${milliseconds(p50Ms)} / ${milliseconds(p99Ms)}`;
}

function milliseconds(value: number): string {
  return value < 1000 ? `${value.toFixed(0)} ms` : `${(value / 1000).toFixed(1)} s`;
}

function cpuOf({ tasks }: Usage): string {
  return tasks.map(({ cpu }) => percent(cpu)).join(", ");
}

function memoryOf({ tasks }: Usage): string {
  return tasks.map(({ memoryMiB }) => `${memoryMiB.toFixed(0)} MiB`).join(", ");
}

/** Formats a share of one core. */
function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

/** Draws latencies by message rate. */
export function latencyChart({ trials }: Result): string {
  const byRate = [...trials].sort((a, b) => a.ratePerSec - b.ratePerSec);
  const line = (of: (step: MessageStep) => number) =>
    byRate.map((step) => [step.ratePerSec, Math.max(1, of(step))] as const);
  return renderChart({
    title: "Acknowledgement and delivery by message rate",
    x: { label: "messages per second", scale: "linear", tick: (value) => value.toFixed(0) },
    y: { label: "time", scale: "log", tick: milliseconds },
    series: [
      { name: "ack p50", color: "#2b6cb0", points: line(({ ack }) => ack.p50Ms) },
      { name: "ack p99", color: "#c05621", points: line(({ ack }) => ack.p99Ms) },
      { name: "delivery p99", color: "#2f855a", points: line(({ delivery }) => delivery.p99Ms) },
    ],
  });
}
