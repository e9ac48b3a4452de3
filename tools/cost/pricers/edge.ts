import { egressGb, ingressGb, requestsPerMonth } from "../../prices/load";
import { type Resource } from "../../terraform/plan";
import { type Context, type Ledger } from "../pricer";

/**
 * CloudFront bills by where its clients are; here all of them are near the stack's region. A WebSocket is one request, and what clients
 * say over it goes on to the origin. Source: CloudFront pricing, "On-demand pricing".
 */
export function priceDistribution(_resource: Resource, { load }: Context, bill: Ledger): void {
  bill.add("data out to the internet", "cf.jp.dto", egressGb(load), "usage");
  bill.add("HTTPS requests", "cf.jp.https", requestsPerMonth(load) / 10_000, "usage");
  bill.add("data on to the origin", "cf.jp.origin", ingressGb(load), "usage");
}

/** Queries for alias records of load balancers and distributions are free; nobody asks for the other records but ACM. */
export function priceZone(_resource: Resource, _context: Context, bill: Ledger): void {
  bill.add("hosted zone", "r53.zone", 1, "fixed");
}

/** Standard logs v2 are charged by the GB as vended logs, and then kept in the bucket. */
export function priceLogDelivery(_resource: Resource, _context: Context, bill: Ledger): void {
  bill.missing("logs delivered as vended logs", "no price in the list; s3.gb has that of keeping them");
}
