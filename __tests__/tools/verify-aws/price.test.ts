import { priceOf, renderPrice } from "../../../tools/verify-aws/price";
import { planJson } from "../cost/helpers";

it("is the fixed part of the bill, for each hour that has begun", () => {
  // 10,438 cents a month of 730 hours, see the bill of dev in ../cost/bill.test.ts: 14.3 cents, for two hours 28.6.
  const price = priceOf("dev", "ap-northeast-1", planJson("dev"));
  expect(price).toMatchObject({ hourlyCents: 15, expectedMinutes: 90, begunHours: 2, expectedCents: 29 });
  expect(renderPrice(price)[0]).toBe(
    "Costs 15 cents an hour: 29 cents ($0.29) for about 90 minutes, 2 hours that have begun.",
  );
});

it("names what has no price, each once", () => {
  const { unpriced } = priceOf("dev", "ap-northeast-1", planJson("dev"));
  expect(unpriced.filter((item) => item.startsWith("log data"))).toHaveLength(1);
});

it("refuses a region without prices", () => {
  expect(() => priceOf("dev", "eu-west-1", planJson("dev"))).toThrow("got eu-west-1");
});
