import { requestsPerMonth } from "../../prices/load";
import { type Resource } from "../../terraform/plan";
import { type Context, type Ledger } from "../pricer";

/** Bytes of one access log line. */
const ACCESS_LOG_BYTES = 600;
const BYTES_PER_GB = 1e9;
/** A load balancer node writes a file every five minutes. */
const LOG_FILES_PER_MONTH = (730 * 60) / 5;

export function priceSecret(_resource: Resource, _context: Context, bill: Ledger): void {
  bill.add("secret", "sm.secret", 1, "fixed");
}

export function priceKey(_resource: Resource, _context: Context, bill: Ledger): void {
  bill.add("key", "kms.key", 1, "fixed");
}

/** Prices the bucket of access logs: a month of logs, and the requests that write them. */
export function priceBucket(_resource: Resource, { load, plan }: Context, bill: Ledger): void {
  const nodes = plan.ofType("aws_lb").reduce((sum, lb) => sum + plan.referred(lb, "subnets", "aws_subnet").length, 0);
  bill.add("a month of access logs", "s3.gb", (requestsPerMonth(load) * ACCESS_LOG_BYTES) / BYTES_PER_GB, "usage");
  bill.add("requests that write them", "s3.put", (LOG_FILES_PER_MONTH * nodes) / 1000, "usage");
}

export function priceRepository(_resource: Resource, _context: Context, bill: Ledger): void {
  bill.missing("images stored", "depend on the image's size and the lifecycle policy; ecr.gb has the price of a GB");
}
