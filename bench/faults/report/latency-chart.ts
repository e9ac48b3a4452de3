import { type Bucket } from "../audit/latency";
import { type Outcome } from "../audit/outcome";

const PANEL = { width: 380, height: 150, left: 46, right: 12, top: 30, bottom: 24 } as const;
const COLUMNS = 2;
const HEAD = 56;
/** Range of the logarithmic latency axis in milliseconds. */
const LATENCY = { least: 1, most: 100_000 } as const;
const TICKS: readonly (readonly [number, string])[] = [
  [1, "1 ms"],
  [10, "10 ms"],
  [100, "100 ms"],
  [1000, "1 s"],
  [10_000, "10 s"],
  [100_000, "100 s"],
];
const STYLE = `
  text { font: 11px system-ui, sans-serif; fill: #333 }
  .name { font-weight: 600; font-size: 12px }
  .fault { fill: #d9480f; fill-opacity: 0.13 }
  .grid { stroke: #ccc; stroke-width: 0.5 }
  .p50 { fill: none; stroke: #1971c2; stroke-width: 1.5 }
  .p99 { fill: none; stroke: #d9480f; stroke-width: 1.5 }
  .red { fill: #c92a2a }`;

/** Draws delivery latency over time, one panel per fault, with the fault's duration shaded. */
export function latencyChart(outcomes: readonly Outcome[]): string {
  const rows = Math.ceil(outcomes.length / COLUMNS);
  const width = COLUMNS * PANEL.width;
  const height = HEAD + rows * PANEL.height;
  const panels = outcomes.map((outcome, index) => {
    const x = (index % COLUMNS) * PANEL.width;
    const y = HEAD + Math.floor(index / COLUMNS) * PANEL.height;
    return `<g transform="translate(${x} ${y})">\n${panel(outcome)}\n</g>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>Delivery latency during faults</title>`,
    `<style>${STYLE}\n</style>`,
    `<rect width="${width}" height="${height}" fill="white"/>`,
    `<text x="12" y="22" class="name">Time from writing a message to the other members' screens, by time of writing</text>`,
    `<text x="12" y="40">blue: p50, orange: p99 of each half second; shaded: the fault</text>`,
    ...panels,
    "</svg>",
    "",
  ].join("\n");
}

function panel({ fault, clean, faultMs, timeline }: Outcome): string {
  const endMs = Math.max(faultMs.end, timeline.at(-1)?.atMs ?? 0) + 500;
  const x = (ms: number): string => round(PANEL.left + (ms / endMs) * (PANEL.width - PANEL.left - PANEL.right));
  // A very short fault must be visible, too.
  const shade = Math.max(Number(x(faultMs.end)) - Number(x(faultMs.begin)), 2);
  const lines = TICKS.map(
    ([ms, label]) =>
      `<line class="grid" x1="${PANEL.left}" x2="${PANEL.width - PANEL.right}" y1="${y(ms)}" y2="${y(ms)}"/>` +
      `<text x="${PANEL.left - 4}" y="${y(ms)}" text-anchor="end" dominant-baseline="middle">${label}</text>`,
  );
  return [
    `<text x="${PANEL.left}" y="16" class="name${clean ? "" : " red"}">${fault}</text>`,
    `<rect class="fault" x="${x(faultMs.begin)}" y="${PANEL.top}" width="${round(shade)}" height="${PANEL.height - PANEL.top - PANEL.bottom}"/>`,
    ...lines,
    curve("p50", timeline, (bucket) => `${x(bucket.atMs)},${y(bucket.p50Ms)}`),
    curve("p99", timeline, (bucket) => `${x(bucket.atMs)},${y(bucket.p99Ms)}`),
    `<text x="${PANEL.left}" y="${PANEL.height - 8}">0</text>`,
    `<text x="${PANEL.width - PANEL.right}" y="${PANEL.height - 8}" text-anchor="end">${round(endMs / 1000)} s</text>`,
  ].join("\n");
}

function curve(name: string, timeline: readonly Bucket[], point: (bucket: Bucket) => string): string {
  return `<polyline class="${name}" points="${timeline.map(point).join(" ")}"/>`;
}

function y(ms: number): string {
  const { least, most } = LATENCY;
  const share = Math.log(Math.min(most, Math.max(least, ms)) / least) / Math.log(most / least);
  return round(PANEL.height - PANEL.bottom - share * (PANEL.height - PANEL.top - PANEL.bottom));
}

function round(value: number): string {
  return String(Number(value.toFixed(1)));
}
