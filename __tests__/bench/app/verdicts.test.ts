import { type ImageResult } from "../../../bench/app/image";
import { type Sample } from "../../../bench/app/measure";
import { markdown, report } from "../../../bench/app/report";
import { rowsOf, verdictsOf } from "../../../bench/app/verdicts";

const BARE: Sample = {
  cpuPerMessageUs: 800,
  ackP50Ms: 4,
  ackP99Ms: 20,
  memoryPerConnection: 14_000,
  cpuPerHandshakeUs: 600,
  handshakeP50Ms: 40,
};
const IMAGE: ImageResult = { connections: 2000, lost: 0, handshakeP50Ms: 100, peakMiB: 200, bootSec: 4 };

/** Returns a sample with the bare server's values multiplied by a factor, in one metric or all. */
const times = (factor: number, metric?: keyof Sample): Sample =>
  Object.fromEntries(
    Object.entries(BARE).map(([name, value]) => [
      name,
      metric === undefined || name === metric ? value * factor : value,
    ]),
  ) as unknown as Sample;

it("compares within each round, so that a slow round does not matter", () => {
  const slow = (sample: Sample): Sample => ({ ...sample, ackP50Ms: sample.ackP50Ms * 100 });
  const [, row] = rowsOf([times(1.2), slow(times(1.2)), times(1.4)], [BARE, slow(BARE), BARE]);
  expect(row?.metric).toBe("ackP50Ms");
  expect(row?.ratio.median).toBeCloseTo(1.2);
  expect(row?.ratio.max).toBeCloseTo(1.4);
});

it("meets every target at its limit", () => {
  const verdicts = verdictsOf(rowsOf([times(1.3)], [BARE]), IMAGE);
  expect(verdicts.map(({ met }) => met)).toEqual([true, true, true, true, true]);
});

it.each([
  ["cpuPerMessageUs", 1.51, 0],
  ["ackP50Ms", 1.51, 1],
  ["memoryPerConnection", 1.31, 2],
  ["cpuPerHandshakeUs", 1.51, 3],
] as const)("misses one target when %s is %d times the bare server's", (metric, factor, missed) => {
  const verdicts = verdictsOf(rowsOf([times(factor, metric)], [BARE]), IMAGE);
  expect(verdicts.map(({ met }) => met)).toEqual([0, 1, 2, 3, 4].map((index) => index !== missed));
});

it.each([
  ["fewer connections", { ...IMAGE, connections: 1999 }],
  ["lost connections", { ...IMAGE, lost: 1 }],
])("misses the image's target with %s", (_, image) => {
  expect(verdictsOf(rowsOf([BARE], [BARE]), image).map(({ met }) => met)).toEqual([true, true, true, true, false]);
});

it("names the missed target in both reports", () => {
  const rows = rowsOf([times(1.31, "memoryPerConnection")], [BARE]);
  const result = { rows, image: IMAGE, verdicts: verdictsOf(rows, IMAGE) };
  expect(report(result)).toMatch(/MISSED +memory per idle connection, app \/ bare +1\.31 \(at most 1\.3\)/);
  const rowsOfPage = markdown(result, 5)
    .split("\n")
    .map((line) => line.replace(/ +/g, " "));
  expect(rowsOfPage).toContain("| MISSED | memory per idle connection, app / bare | 1.31 (at most 1.3) |");
});
