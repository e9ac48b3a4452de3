import { compareBills } from "../../../tools/cost/compare";
import { renderBill, renderComparison } from "../../../tools/cost/report";
import { billOf, planOf, planJson } from "./helpers";

const small = planOf({ "aws_eip.a": {}, "aws_eip.b": {}, "aws_kms_key.k": {}, "aws_ecr_repository.r": {} });

it("shows the bill in a terminal", () => {
  expect(renderBill(billOf(small), "terminal").split("\n").slice(0, 20)).toEqual([
    "test: $8.30 a month in ap-northeast-1",
    "",
    "Fixed $8.30, plus $0.00 of usage at the stated load.",
    "Confidence of the prices, by amount: A 100 %, B 0 %, C 0 %. Not priced: 1 items, listed below.",
    "",
    "By module:",
    "",
    "module  $ a month  share",
    "──────  ─────────  ─────",
    "(root)       8.30  100 %",
    "",
    "Fixed:",
    "",
    "module  item                       quantity  unit $  conf.  $ a month",
    "──────  ───────────────────────  ──────────  ──────  ─────  ─────────",
    "(root)  public IPv4 address × 2  1,460 hour   0.005  A           7.30",
    "(root)  key                         1 month       1  A           1.00",
    "",
    "Usage at the stated load:",
    "",
  ]);
});

it("shows it as Markdown", () => {
  const text = renderBill(billOf(small), "markdown");
  expect(text).toContain("# test: $8.30 a month in ap-northeast-1\n");
  expect(text).toContain("| (root) | public IPv4 address × 2 | 1,460 hour | 0.005 | A | 7.30 |");
  expect(text).toContain("## Not priced\n");
});

it("shows the load, and whether it is the default", () => {
  expect(renderBill(billOf(small), "terminal")).toContain("connections=500, ");
  expect(renderBill(billOf(small), "terminal")).toContain("(the default; --load changes it)");
  expect(renderBill(billOf(small, { connections: 7 }), "terminal")).not.toContain("the default");
});

describe("a difference", () => {
  it("shows added and removed rows, the largest amount first", () => {
    const after = planOf({ "aws_eip.a": {}, "aws_nat_gateway.n": {}, "aws_kms_key.k": {} });
    const text = renderComparison(
      compareBills(billOf(small, { natGbPerMonth: 0 }), billOf(after, { natGbPerMonth: 0 })),
      "terminal",
    );
    expect(text.split("\n")).toEqual([
      "$8.30 → $49.91 a month (+41.61)",
      "",
      "module  item                 before $  after $  change $  address",
      "──────  ───────────────────  ────────  ───────  ────────  ─────────────────",
      "(root)  NAT gateway              0.00    45.26    +45.26  aws_nat_gateway.n",
      "(root)  public IPv4 address      3.65     0.00     -3.65  aws_eip.b",
    ]);
  });

  it("compares a row with itself when its count has changed", () => {
    const { differences } = compareBills(billOf(planJson("prod")), billOf(planJson("prod"), { connections: 13_000 }));
    const service = differences.filter(({ address }) => address.startsWith("aws_ecs_service"));
    expect(service.map(({ item, beforeCents, afterCents }) => [item, afterCents - beforeCents])).toEqual([
      ["vCPU of 1 more task", 2953],
      ["memory of 1 more task", 645],
    ]);
  });

  it("reports no change", () => {
    expect(renderComparison(compareBills(billOf(small), billOf(small)), "terminal")).toBe(
      "$8.30 → $8.30 a month (0.00)\n\nNo row of the bill changes.",
    );
  });
});
