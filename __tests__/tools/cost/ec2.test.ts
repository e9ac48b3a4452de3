import { type Values } from "../../../tools/terraform/values";
import { billOf, planOf, rows } from "./helpers";

/** Two instances of which the first is on demand, unless the distribution says otherwise. */
function billOfInstances(
  distribution: Values = { on_demand_base_capacity: 1, on_demand_percentage_above_base_capacity: 0 },
) {
  return billOf(
    planOf(
      {
        "aws_autoscaling_group.a": {
          min_size: 2,
          mixed_instances_policy: [{ instances_distribution: [distribution] }],
        },
        "aws_launch_template.a": {
          instance_type: "t4g.small",
          monitoring: [{ enabled: true }],
          block_device_mappings: [{ device_name: "/dev/xvda", ebs: [{ volume_type: "gp3", volume_size: 16 }] }],
        },
        "aws_autoscaling_lifecycle_hook.a": {},
        "aws_autoscaling_policy.a": {},
      },
      { "aws_autoscaling_group.a": { mixed_instances_policy: ["aws_launch_template.a.id", "aws_launch_template.a"] } },
    ),
  );
}

it("bills instances on demand, their volumes and their metrics of one minute", () => {
  expect(rows(billOfInstances({}), "fixed")).toEqual({
    "aws_autoscaling_group: 2 × t4g.small": 3154, // 2 × 730 × 0.0216
    "aws_autoscaling_group: detailed monitoring of 2": 420, // 2 × 7 × 0.30
    "aws_autoscaling_group: gp3 volume of 2": 307, // 2 × 16 GB × 0.096
  });
});

it("bills the base on demand, and says that Spot has no price", () => {
  const bill = billOfInstances();
  expect(rows(bill, "fixed")).toMatchObject({ "aws_autoscaling_group: 1 × t4g.small": 1577 });
  expect(bill.unpriced.map(({ item, reason }) => [item, reason])).toEqual([
    ["1 × t4g.small on Spot", "Spot prices change by the hour; no price in the list"],
    ["CPU above the baseline", "billed by the vCPU-hour when an instance is busy for long; no price in the list"],
  ]);
});

it("rounds the share on demand up, as EC2 Auto Scaling does", () => {
  const bill = billOfInstances({ on_demand_base_capacity: 0, on_demand_percentage_above_base_capacity: 25 });
  expect(rows(bill, "fixed")).toMatchObject({ "aws_autoscaling_group: 1 × t4g.small": 1577 });
});
