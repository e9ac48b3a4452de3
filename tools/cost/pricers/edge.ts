import { egressGb, ingressGb, requestsPerMonth } from "../../prices/load";
import { type Resource } from "../../terraform/plan";
import { type Context, type Ledger } from "../pricer";

/**
 * Prices a distribution. CloudFront bills by the clients' location; all are assumed near the stack's region. A WebSocket is one
 * request, and the data that clients send over it goes to the origin. Source: CloudFront pricing, "On-demand pricing".
 */
export function priceDistribution(_resource: Resource, { load }: Context, bill: Ledger): void {
  bill.add("data out to the internet", "cf.jp.dto", egressGb(load), "usage");
  bill.add("HTTPS requests", "cf.jp.https", requestsPerMonth(load) / 10_000, "usage");
  bill.add("data on to the origin", "cf.jp.origin", ingressGb(load), "usage");
}

/** Prices a hosted zone. Queries for alias records are free, and only ACM queries the other records. */
export function priceZone(_resource: Resource, _context: Context, bill: Ledger): void {
  bill.add("hosted zone", "r53.zone", 1, "fixed");
}

/** Standard logs v2 are billed by the GB as vended logs, plus their storage in the bucket. */
export function priceLogDelivery(_resource: Resource, _context: Context, bill: Ledger): void {
  bill.missing("logs delivered as vended logs", "no price in the list; s3.gb has the price of storage");
}
