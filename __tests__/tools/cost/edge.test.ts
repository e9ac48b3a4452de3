import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type ContractList } from "../../helpers/contract-list";
import { ROOT } from "../../helpers/run-program";
import { billOf, planOf, rows } from "./helpers";

const DISTRIBUTION = "aws_cloudfront_distribution.cdn";
/** A distribution that fetches from the load balancer, as Terraform shows the reference. */
const fromBalancer = { [DISTRIBUTION]: { origin: ["aws_lb.a.dns_name", "aws_lb.a"] } };

describe("a distribution, to the cent", () => {
  const bill = billOf(planOf({ [DISTRIBUTION]: {} }));

  it("is billed by data and requests, without a monthly fee", () => {
    expect(bill.fixedCents).toBe(0);
    expect(rows(bill, "usage")).toEqual({
      // (0.5 × 3 × 600 + 2 × 20,000) B/s × 2,628,000 s = 107.4852 GB × 0.114
      "aws_cloudfront_distribution: data out to the internet": 1225,
      // (2 + 0.5) × 2,628,000 = 6.57 million: 657 × 10,000 × 0.012
      "aws_cloudfront_distribution: HTTPS requests": 788,
      // 0.5 × 600 × 2,628,000 B = 0.7884 GB × 0.06
      "aws_cloudfront_distribution: data on to the origin": 5,
    });
    expect(bill.totalCents).toBe(2018);
  });

  it("has the confidence of its prices, which are second-hand", () => {
    expect(bill.byConfidence).toEqual({ A: 0, B: 2018, C: 0 });
  });

  it("counts a WebSocket as one request", () => {
    const busy = rows(
      billOf(planOf({ [DISTRIBUTION]: {} }), { messagesPerSec: 50, newConnectionsPerSec: 0.5 }),
      "usage",
    );
    expect(busy["aws_cloudfront_distribution: HTTPS requests"]).toBe(788);
    // (50 × 3 × 600 + 40,000) × 2,628,000 = 341.64 GB × 0.114
    expect(busy["aws_cloudfront_distribution: data out to the internet"]).toBe(3895);
    // 50 × 600 × 2,628,000 = 78.84 GB × 0.06
    expect(busy["aws_cloudfront_distribution: data on to the origin"]).toBe(473);
  });

  it("has separate prices for clients in the United States", () => {
    const shown = planOf({ [DISTRIBUTION]: {} });
    expect(rows(billOf(shown, {}, "us-east-1"), "usage")).toEqual({
      "aws_cloudfront_distribution: data out to the internet": 914, // 107.4852 × 0.085
      "aws_cloudfront_distribution: HTTPS requests": 657, // 657 × 0.010
      "aws_cloudfront_distribution: data on to the origin": 2, // 0.7884 × 0.02
    });
  });
});

describe("data out of a load balancer", () => {
  const out = (balancer: object, references = fromBalancer) =>
    rows(billOf(planOf({ "aws_lb.a": { ...balancer }, [DISTRIBUTION]: {} }, references)), "usage")[
      "aws_lb: data out to the internet"
    ];

  it("is free to CloudFront, from an internal and from a public load balancer", () => {
    expect(out({ internal: true })).toBeUndefined();
    expect(out({ internal: false })).toBeUndefined();
  });

  it("is billed when the distribution has another origin", () => {
    expect(out({ internal: false }, { [DISTRIBUTION]: { origin: ["aws_lb.b.dns_name", "aws_lb.b"] } })).toBe(1225);
  });
});

it("bills a hosted zone that the stack creates, and nothing for an existing one", () => {
  const records = { "aws_route53_record.a": {}, "aws_route53_record.b": {} };
  const certificates = { "aws_acm_certificate.c": {}, "aws_acm_certificate_validation.v": {} };
  const own = billOf(planOf({ "aws_route53_zone.z": {}, ...records, ...certificates }));
  expect(rows(own, "fixed")).toEqual({ "aws_route53_zone: hosted zone": 50 });
  expect([own.totalCents, own.unpriced]).toEqual([50, []]);
  const foreign = billOf(planOf({ ...records, ...certificates }));
  expect([foreign.totalCents, foreign.unpriced]).toEqual([0, []]);
});

it("lists delivered logs as not priced", () => {
  const bill = billOf(planOf({ "aws_cloudwatch_log_delivery.d": {} }));
  expect(bill.unpriced).toMatchObject([
    { item: "logs delivered as vended logs", reason: "no price in the list; s3.gb has the price of storage" },
  ]);
});

it.each(["entrance-route53", "entrance-cloudfront", "entrance-header", "example-behind-cloudfront"])(
  "knows how every type of resource in %s is billed",
  (name) => {
    const file = join(ROOT, `__tests__/stacks/contracts/${name}.json`);
    const { addresses } = JSON.parse(readFileSync(file, "utf8")) as ContractList;
    const { unpriced } = billOf(planOf(Object.fromEntries(addresses.map((address) => [address, {}]))));
    expect(unpriced.filter(({ reason }) => reason === "no pricer for this type of resource")).toEqual([]);
  },
);
