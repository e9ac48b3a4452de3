import { readFileSync } from "node:fs";
import { PriceError } from "../../../tools/prices/errors";
import { priceIn, readPriceFile, regionsOf } from "../../../tools/prices/price-file";
import { PRICE_FILE, PriceList } from "../../../tools/prices/price-list";
import { PRICES } from "../cost/helpers";

/** Totals computed independently when the prices were collected: a check of units and regions. */
const computed = (
  JSON.parse(readFileSync(PRICES, "utf8")) as {
    computed_monthly: Record<string, Record<string, number>>;
  }
).computed_monthly;

describe.each(["ap-northeast-1", "us-east-1"])("%s", (region) => {
  const list = PriceList.read(region, PRICES);
  const monthly = (...parts: [id: string, count: number][]) =>
    Math.round(parts.reduce((sum, [id, count]) => sum + list.find(id)!.usd * count * list.hoursPerMonth, 0) * 100) /
    100;

  it.each<[name: string, parts: [string, number][]]>([
    ["alb_base", [["alb.hour", 1]]],
    [
      "alb_plus_2_ipv4",
      [
        ["alb.hour", 1],
        ["ipv4.hour", 2],
      ],
    ],
    ["one_lcu_month", [["alb.lcu", 1]]],
    [
      "fargate_2x_0.25vcpu_0.5gb_x86",
      [
        ["fargate.x86.vcpu", 0.5],
        ["fargate.x86.gb", 1],
      ],
    ],
    [
      "fargate_2x_0.25vcpu_0.5gb_arm",
      [
        ["fargate.arm.vcpu", 0.5],
        ["fargate.arm.gb", 1],
      ],
    ],
    ["valkey_t4g.micro_2nodes", [["ec.valkey.t4g.micro", 2]]],
    ["aurora_slv2_0.5acu_24x7", [["aurora.slv2.acu", 0.5]]],
  ])("agrees on %s", (name, parts) => {
    expect(monthly(...parts)).toBeCloseTo(computed[region]![name]!, 1);
  });
});

it("refuses a region without prices, by name", () => {
  expect(() => PriceList.read("eu-north-7")).toThrow(
    new PriceError(
      `region: expected one that ${PRICE_FILE} has prices for (ap-northeast-1, us-east-1), got eu-north-7. Add the region's prices to the file, each with its sources and confidence.`,
    ),
  );
});

it("has no price for an item that is not in the list", () => {
  expect(PriceList.read("us-east-1").find("teleport.hour")).toBeUndefined();
});

it("names the source and the confidence of every committed price", () => {
  const file = readPriceFile(PRICE_FILE);
  expect(file.as_of).toMatch(/^\d{4}-\d\d-\d\d$/);
  const wrong = file.prices.flatMap((entry) =>
    regionsOf(file).flatMap((region) => {
      const { usd, confidence, sources = [] } = priceIn(entry, region) ?? {};
      const known = sources.length > 0 && sources.every((source) => source in file.sources);
      return known && Number(usd) > 0 && /^[ABC]$/.test(String(confidence)) ? [] : [`${entry.id} in ${region}`];
    }),
  );
  expect(wrong).toEqual([]);
});
