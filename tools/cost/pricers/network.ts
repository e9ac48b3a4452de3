import { type Resource } from "../../terraform/plan";
import { text } from "../../terraform/values";
import { type Context, type Ledger } from "../pricer";

export function priceNatGateway(_resource: Resource, { plan, load }: Context, bill: Ledger): void {
  bill.hourly("NAT gateway", "nat.hour", 1);
  const gateways = plan.ofType("aws_nat_gateway").length;
  bill.add("data through it (images, logs, AWS APIs)", "nat.gb", load.natGbPerMonth / gateways, "usage");
}

export function priceElasticIp(_resource: Resource, _context: Context, bill: Ledger): void {
  bill.hourly("public IPv4 address", "ipv4.hour", 1);
}

export function priceVpcEndpoint(resource: Resource, { plan }: Context, bill: Ledger): void {
  if (text(resource.values, "vpc_endpoint_type") !== "Interface") return;
  const zones = plan.referred(resource, "subnet_ids", "aws_subnet").length;
  if (zones === 0) bill.missing("interface endpoint", "its subnets are not in the plan");
  else bill.hourly(`interface endpoint in ${zones} zones`, "vpce.if.hour", zones);
}
