import { programResults, ratios, verdicts } from "../../../bench/synth/comparison";
import { readGrowth } from "../../../bench/synth/growth";
import { type Sample } from "../../../bench/synth/measure";

const sample = (wallMs: number, peakMiB: number): Sample => ({ wallMs, userMs: wallMs, systemMs: 0, peakMiB });

const growthOf = (wallMs: Record<number, number>) =>
  readGrowth(new Map(Object.entries(wallMs).map(([services, ms]) => [`growth ${services}`, [sample(ms, 100)]])));

const LINEAR = growthOf({ 0: 1000, 1: 1050, 10: 1500, 100: 6000 });

function judge(ours: Sample, bare: Sample, awsCdk: Sample, growth = LINEAR, throughTsx = bare) {
  const samples = new Map([
    ["ours", [ours]],
    ["bare cdktf", [bare]],
    ["AWS CDK", [awsCdk]],
    ["ours, tsx", [throughTsx]],
  ]);
  const programs = programResults(samples, { ours: { aws_vpc: 2 }, "AWS CDK": { "AWS::EC2::VPC": 1 } });
  const measured = ratios(samples, programs);
  return { programs, measured, missed: verdicts(measured, growth).filter(({ met }) => !met) };
}

describe("verdicts", () => {
  it("are all met at their limits", () => {
    expect(judge(sample(130, 130), sample(100, 100), sample(520, 325), LINEAR, sample(130, 130)).missed).toEqual([]);
  });

  it.each([
    ["wall time, ours / bare cdktf", judge(sample(140, 130), sample(100, 100), sample(1000, 1000)), 1.3, 1.4],
    ["peak memory, ours / bare cdktf", judge(sample(100, 140), sample(100, 100), sample(1000, 1000)), 1.3, 1.4],
    ["wall time, ours / AWS CDK", judge(sample(100, 100), sample(100, 100), sample(250, 1000)), 0.25, 0.4],
    ["peak memory, ours / AWS CDK", judge(sample(100, 100), sample(100, 100), sample(1000, 200)), 0.4, 0.5],
    [
      "wall time, ours, tsx / bare cdktf",
      judge(sample(100, 100), sample(100, 100), sample(1000, 1000), LINEAR, sample(140, 130)),
      1.3,
      1.4,
    ],
    [
      "peak memory, ours, tsx / bare cdktf",
      judge(sample(100, 100), sample(100, 100), sample(1000, 1000), LINEAR, sample(130, 140)),
      1.3,
      1.4,
    ],
    [
      "CPU time from 10 to 100 services / 10",
      judge(
        sample(100, 100),
        sample(100, 100),
        sample(1000, 1000),
        growthOf({ 0: 1000, 1: 1050, 10: 1500, 100: 9000 }),
      ),
      1.3,
      1.6,
    ],
  ])("miss: %s", (target, { missed }, atMost, got) => {
    expect(missed).toEqual([{ target, atMost, got, met: false }]);
  });
});

it("also compares time per resource", () => {
  const { measured } = judge(sample(100, 100), sample(100, 100), sample(400, 400));
  expect(measured.find(({ against }) => against === "AWS CDK")).toMatchObject({
    wallMs: { median: 0.25 },
    // Ours creates two resources in a quarter of the time that the other needs for one.
    wallPerResource: 0.125,
  });
  expect(measured.find(({ against }) => against === "bare cdktf")).not.toHaveProperty("wallPerResource");
});

it("subtracts the fixed cost before computing growth", () => {
  expect(LINEAR).toMatchObject({ cpuTo100: { median: 1 }, wallTo100: { median: 1 }, exponent: 1, perServiceMs: 50 });
});
