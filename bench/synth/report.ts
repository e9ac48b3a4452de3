import { range, section } from "../shared/table";
import { type ProgramResult, type Ratio, type Verdict } from "./comparison";
import { type Growth } from "./growth";

/** Formats the result for a terminal. */
export function report(
  programs: readonly ProgramResult[],
  measured: readonly Ratio[],
  growth: Growth,
  verdicts: readonly Verdict[],
): string {
  return [
    section("Programs (medians)", programTable(programs)),
    section("Ratios by round (min / median / max)", ratioTable(measured)),
    section("Growth: services in one app (medians)", growthTable(growth)),
    growthSentence(growth),
    section("Targets", verdictTable(verdicts)),
  ].join("\n");
}

function programTable(programs: readonly ProgramResult[]): string[][] {
  const rows = programs.map(({ name, resources, measured: { wallMs, userMs, systemMs, peakMiB } }) => [
    name,
    resources?.toString() ?? "",
    wallMs.median.toFixed(0),
    userMs.median.toFixed(0),
    systemMs.median.toFixed(0),
    peakMiB.median.toFixed(0),
    resources === undefined ? "" : (wallMs.median / resources).toFixed(2),
  ]);
  return [["", "resources", "wall ms", "user CPU ms", "system CPU ms", "peak MiB", "wall ms/resource"], ...rows];
}

function ratioTable(measured: readonly Ratio[]): string[][] {
  const rows = measured.map(({ of, against, wallMs, userMs, peakMiB, wallPerResource }) => [
    `${of} / ${against}`,
    range(wallMs),
    range(userMs),
    range(peakMiB),
    wallPerResource?.toFixed(2) ?? "",
  ]);
  return [["", "wall", "user CPU", "peak memory", "wall per resource"], ...rows];
}

function growthTable({ steps }: Growth): string[][] {
  const rows = steps.map(({ services, measured: { wallMs, userMs, peakMiB } }) => [
    services.toString(),
    range(wallMs, 0),
    userMs.median.toFixed(0),
    peakMiB.median.toFixed(0),
  ]);
  return [["services", "wall ms", "user CPU ms", "peak MiB"], ...rows];
}

function growthSentence({ wallTo100, cpuTo100, exponent, perServiceMs }: Growth): string {
  return (
    `10 -> 100 services, without the fixed cost, relative to linear growth: CPU ${range(cpuTo100)}, ` +
    `wall ${range(wallTo100)}; exponent ${exponent.toFixed(2)}; ${perServiceMs.toFixed(0)} ms of CPU per additional service\n`
  );
}

function verdictTable(verdicts: readonly Verdict[]): string[][] {
  return verdicts.map(({ target, atMost, got, met }) => [
    met ? "met" : "MISSED",
    target,
    `${got.toFixed(2)} (at most ${atMost})`,
  ]);
}
