import { block, blocks, number, text } from "../../terraform/values";
import { type Resource } from "../../terraform/plan";
import { type Context, type Ledger } from "../pricer";

/** Families that are billed for CPU above their baseline. Source: EC2 user guide, "Unlimited mode": the default of all but T2. */
const BURSTABLE = /^t\d/;

/** Metrics of an instance with detailed monitoring. Source: CloudWatch pricing, "EC2 Detailed Monitoring". */
const DETAILED_METRICS = 7;

/** Prices an Auto Scaling group's instances at its minimum size, with their volumes; public addresses are resources of their own. */
export function priceAutoscalingGroup(group: Resource, { plan }: Context, bill: Ledger): void {
  const [template] = ["launch_template", "mixed_instances_policy"].flatMap((attribute) =>
    plan.referred(group, attribute, "aws_launch_template"),
  );
  if (!template) {
    bill.missing("machines", "their launch template is not in the plan");
    return;
  }
  const count = number(group.values, "desired_capacity") ?? number(group.values, "min_size") ?? 1;
  const type = text(template.values, "instance_type") ?? "unknown";
  const onDemand = onDemandOf(group, count);
  bill.hourly(`${onDemand} × ${type}`, `ec2.${type}`, onDemand);
  if (onDemand < count) {
    bill.missing(`${count - onDemand} × ${type} on Spot`, "Spot prices change by the hour; no price in the list");
  }
  if (block(template.values, "monitoring")["enabled"] === true) {
    bill.add(`detailed monitoring of ${count}`, "cw.metric", count * DETAILED_METRICS, "fixed");
  }
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

/** Returns how many of the instances run on demand: the base, and the share of the others, rounded up. */
function onDemandOf(group: Resource, count: number): number {
  const policy = block(group.values, "mixed_instances_policy");
  const distribution = block(policy, "instances_distribution");
  const base = Math.min(count, number(distribution, "on_demand_base_capacity") ?? 0);
  const percent = number(distribution, "on_demand_percentage_above_base_capacity") ?? 100;
  return base + Math.ceil(((count - base) * percent) / 100);
}
