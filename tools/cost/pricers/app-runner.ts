import { egressGb } from "../../prices/load";
import { type Resource } from "../../terraform/plan";
import { block, number } from "../../terraform/values";
import { type Context, type Ledger } from "../pricer";

const UNITS_PER_VCPU = 1024;
const MIB_PER_GB = 1024;

/**
 * Prices the instances of an App Runner service at its minimum: memory all month, CPU while requests are open. A client of Socket.IO always holds
 * one open, so that with any connection CPU is paid all month, too. Source: App Runner pricing, provisioned and active instances.
 */
export function priceAppRunnerService(service: Resource, { plan, load, prices }: Context, bill: Ledger): void {
  const instance = block(service.values, "instance_configuration");
  const [scaling] = plan.ofType("aws_apprunner_auto_scaling_configuration_version");
  const count = number(scaling?.values ?? {}, "min_size") ?? 1;
  const hours = count * prices.hoursPerMonth;
  const of = `of ${count} instance${count === 1 ? "" : "s"}`;
  bill.add(`memory ${of}`, "apprunner.gb", (Number(instance["memory"]) / MIB_PER_GB) * hours, "fixed");
  if (load.connections > 0)
    bill.add(
      `CPU ${of}, while clients poll`,
      "apprunner.vcpu",
      (Number(instance["cpu"]) / UNITS_PER_VCPU) * hours,
      "usage",
    );
  bill.add("data out to the internet", "dto.internet", egressGb(load), "usage");
  bill.missing("log data", "App Runner creates the log groups itself; cw.logs.ingest has the price of a GB");
}
