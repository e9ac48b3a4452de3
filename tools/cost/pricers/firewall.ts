import { requestsPerMonth } from "../../prices/load";
import { blocks } from "../../terraform/values";
import { type Resource } from "../../terraform/plan";
import { type Context, type Ledger } from "../pricer";

export function priceWebAcl(resource: Resource, { load }: Context, bill: Ledger): void {
  const rules = blocks(resource.values, "rule").length;
  bill.add("web ACL", "waf.acl", 1, "fixed");
  bill.add(`${rules} rules and rule groups`, "waf.rule", rules, "fixed");
  bill.add("requests", "waf.req", requestsPerMonth(load) / 1e6, "usage");
}
