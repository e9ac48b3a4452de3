import { block, blocks, number, text } from "../../terraform/values";
import { type Resource } from "../../terraform/plan";
import { type Context, type Ledger } from "../pricer";

/** Families that are billed for CPU above their baseline. Source: EC2 user guide, "Unlimited mode": the default of all but T2. */
const BURSTABLE = /^t\d/;

/** Prices an Auto Scaling group's instances at its minimum size, with their volumes; public addresses are resources of their own. */
export function priceAutoscalingGroup(group: Resource, { plan }: Context, bill: Ledger): void {
  const [template] = plan.referred(group, "launch_template", "aws_launch_template");
  if (!template) {
    bill.missing("machines", "their launch template is not in the plan");
    return;
  }
  const count = number(group.values, "desired_capacity") ?? number(group.values, "min_size") ?? 1;
  const type = text(template.values, "instance_type") ?? "unknown";
  bill.hourly(`${count} × ${type}`, `ec2.${type}`, count);
  for (const { ebs } of blocks(template.values, "block_device_mappings").map((device) => ({
    ebs: block(device, "ebs"),
  }))) {
    const kind = text(ebs, "volume_type") ?? "gp2";
    bill.add(`${kind} volume of ${count}`, `ebs.${kind}`, count * (number(ebs, "volume_size") ?? 0), "fixed");
  }
  if (BURSTABLE.test(type)) {
    bill.missing(
      "CPU above the baseline",
      "billed by the vCPU-hour when an instance is busy for long; no price in the list",
    );
  }
}
