import { FARGATE_SMALLEST } from "../../tools/image/container";
import { type Spread } from "../shared/statistics";
import { markdownTable, range, section } from "../shared/table";
import { type ImageResult } from "./image";
import { type Sample } from "./measure";
import { IDLE_CONNECTIONS } from "./targets";
import { type Row, type Verdict } from "./verdicts";

const METRIC_LABELS: Readonly<Record<keyof Sample, string>> = {
  cpuPerMessageUs: "server CPU per message, µs",
  ackP50Ms: "acknowledgement p50, ms",
  ackP99Ms: "acknowledgement p99, ms",
  memoryPerConnection: "memory per idle connection, bytes",
  cpuPerHandshakeUs: "server CPU per handshake, µs",
  handshakeP50Ms: "handshake p50, ms",
};

export interface Result {
  readonly rows: readonly Row[];
  readonly image: ImageResult;
  readonly verdicts: readonly Verdict[];
}

/** Formats the result for a terminal. */
export function report({ rows, image, verdicts }: Result): string {
  return [
    section("min / median / max of all rounds", [
      ["", "app", "bare", "app / bare, round by round"],
      ...rows.map(cells),
    ]),
    `The image at ${FARGATE_SMALLEST.cpus} CPU and ${FARGATE_SMALLEST.memoryMiB} MiB: ${imageSentence(image)}\n`,
    section("Targets", verdicts.map(verdictCells)),
  ].join("\n");
}

/** Formats the result as a Markdown page. */
export function markdown({ rows, image, verdicts }: Result, rounds: number): string {
  return [
    "# bench-app: the committed run",
    "",
    `Medians of ${rounds} rounds; ${"`baseline.json`"} has the machine, the versions and every spread.`,
    "",
    ...markdownTable(["", "app", "bare", "app / bare, round by round"], rows.map(cells)),
    "",
    `The image at ${FARGATE_SMALLEST.cpus} CPU and ${FARGATE_SMALLEST.memoryMiB} MiB: ${imageSentence(image)}`,
    "",
    ...markdownTable(["", "target", "got"], verdicts.map(verdictCells)),
    "",
  ].join("\n");
}

function cells({ metric, app, bare, ratio }: Row): string[] {
  return [METRIC_LABELS[metric], spreadOf(app), spreadOf(bare), range(ratio)];
}

function spreadOf(spread: Spread): string {
  return range(spread, spread.median < 100 ? 1 : 0);
}

function verdictCells({ target, atMost, got, met }: Verdict): string[] {
  return [met ? "met" : "MISSED", target, `${got.toFixed(2)} (at most ${atMost})`];
}

function imageSentence({ connections, lost, handshakeP50Ms, peakMiB, bootSec }: ImageResult): string {
  return (
    `${connections} idle connections (${IDLE_CONNECTIONS} required), ${lost} lost, ${peakMiB.toFixed(0)} MiB at most, ` +
    `handshake p50 ${handshakeP50Ms.toFixed(0)} ms, healthy after ${bootSec.toFixed(1)} s.`
  );
}
