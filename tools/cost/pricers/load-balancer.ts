import { egressGb } from "../../prices/load";
import { capacityUnitsAt } from "../../prices/load-balancer-capacity";
import { type Resource } from "../../terraform/plan";
import { text } from "../../terraform/values";
import { type Context, type Ledger } from "../pricer";

export function priceLoadBalancer(resource: Resource, { plan, load }: Context, bill: Ledger): void {
  const application = (text(resource.values, "load_balancer_type") ?? "application") === "application";
  bill.hourly("load balancer", application ? "alb.hour" : "nlb.hour", 1);
  if (resource.values["internal"] !== true) {
    const zones = plan.referred(resource, "subnets", "aws_subnet").length;
    if (zones > 0) bill.hourly(`public IPv4 in ${zones} zones`, "ipv4.hour", zones);
    else bill.missing("public IPv4 addresses", "its subnets are not in the plan, one address a zone is charged");
    // Data to CloudFront is free; CloudFront bills what it sends to clients.
    const behindCdn = plan
      .ofType("aws_cloudfront_distribution")
      .some((distribution) => plan.referred(distribution, "origin", "aws_lb").includes(resource));
    if (!behindCdn) bill.add("data out to the internet", "dto.internet", egressGb(load), "usage");
  }
  if (application) bill.hourly("capacity units", "alb.lcu", capacityUnitsAt(load), "usage");
  else bill.missing("capacity units", "connections of a network load balancer are not modelled");
}
