import { type MonitoredInstances } from "../../../modules/monitoring";
import { type Template } from "../../helpers/template";
import { alarms, interpolated, TOPIC_ARN } from "./fixture";
import { only } from "./make";

const INSTANCES: MonitoredInstances = {
  autoScalingGroupName: "crm-prod",
  metricsNamespace: "CRM/Instances",
  logGroupName: "/ec2/crm-prod",
  minCount: 2,
  maxCount: 6,
};

function monitoring(instances: Partial<MonitoredInstances> = {}): Template {
  return only({ alarmTopicArn: TOPIC_ARN, instances: { ...INSTANCES, ...instances } });
}

it("watches the instances in service, the size of the group, and CPU, memory and disk", () => {
  const made = alarms(monitoring());
  const dimensions = { AutoScalingGroupName: "crm-prod" };
  expect(Object.keys(made).sort()).toEqual([
    "instances-at-maximum",
    "instances-disk",
    "instances-high-cpu",
    "instances-high-memory",
    "instances-missing",
  ]);
  expect(made["instances-missing"]).toMatchObject({
    namespace: "AWS/AutoScaling",
    metric_name: "GroupInServiceInstances",
    dimensions,
    statistic: "Minimum",
    comparison_operator: "LessThanThreshold",
    threshold: 2,
    datapoints_to_alarm: 12,
    evaluation_periods: 15,
    treat_missing_data: "missing",
  });
  expect(made["instances-at-maximum"]).toMatchObject({
    metric_name: "GroupDesiredCapacity",
    comparison_operator: "GreaterThanThreshold",
    threshold: 5,
  });
  expect(made["instances-high-cpu"]).toMatchObject({ namespace: "AWS/EC2", dimensions, threshold: 80 });
  const agent = { namespace: "CRM/Instances", dimensions, statistic: "Maximum" };
  expect(made["instances-high-memory"]).toMatchObject({ ...agent, metric_name: "mem_used_percent", threshold: 85 });
  expect(made["instances-disk"]).toMatchObject({ ...agent, metric_name: "disk_used_percent", threshold: 85 });
});

it("says where to look: log group and activity of the group", () => {
  expect(alarms(monitoring())["instances-missing"]!["alarm_description"]).toMatch(
    /activity of Auto Scaling group crm-prod.*log group \/ec2\/crm-prod/s,
  );
});

it("counts missing instances among what users notice", () => {
  const rule = String(monitoring().only("aws_cloudwatch_composite_alarm")["alarm_rule"]);
  expect(rule).toContain("instances-missing");
  expect(rule).not.toContain("instances-high-cpu");
});

it("leaves out what is not known", () => {
  const made = alarms(monitoring({ metricsNamespace: undefined, minCount: 0, maxCount: undefined }));
  expect(Object.keys(made)).toEqual(["instances-high-cpu"]);
});

it("derives thresholds from the plan of the group", () => {
  const app = { namespace: "CRM", dimensions: {}, metrics: { openConnections: "Open" } };
  const instances = { ...INSTANCES, targetCpuPercent: 40, connectionsPerProcess: 1000 };
  const made = alarms(only({ alarmTopicArn: TOPIC_ARN, app, instances }));
  expect(made["instances-high-cpu"]!["threshold"]).toBe(60);
  expect(made["open-connections"]!["threshold"]).toBe(1250);
});

it("has rows on the dashboard, with the last errors of the logs", () => {
  const body = interpolated(monitoring().only("aws_cloudwatch_dashboard")["dashboard_body"]) as {
    widgets: { properties: { title?: string } }[];
  };
  const titles = body.widgets.map(({ properties }) => properties.title);
  expect(titles).toEqual(expect.arrayContaining(["Instances", "CPU %", "Memory and disk %", "Last errors"]));
});

it("refuses a group without a name, and counts that no group can have", () => {
  expect(() => monitoring({ autoScalingGroupName: "" })).toThrow(/instances\.autoScalingGroupName: expected a value/);
  expect(() => monitoring({ maxCount: 5001 })).toThrow(
    /instances\.maxCount: expected a whole number from 0 to 5000 instances, got 5001/,
  );
  expect(() => monitoring({ metricsNamespace: "AWS/EC2" })).toThrow(/instances\.metricsNamespace/);
});
