import { type ServiceAutoscaling } from "../../../modules/fargate-service";
import { behindLoadBalancer, connectionMetric, reference, service } from "./fixture";

const scaled = (autoscaling: Partial<ServiceAutoscaling> = {}) =>
  service({ ...behindLoadBalancer, connectionMetric, autoscaling: { minCount: 2, maxCount: 10, ...autoscaling } });
const POLICY = "aws_appautoscaling_policy";
const tracking = (autoscaling: Partial<ServiceAutoscaling>, id: string) =>
  scaled(autoscaling).resource(POLICY, `service/autoscaling-${id}`)["target_tracking_scaling_policy_configuration"];

describe("autoscaling", () => {
  const template = scaled();

  it("scales the service between its bounds", () => {
    expect(template.only("aws_appautoscaling_target")).toEqual({
      service_namespace: "ecs",
      scalable_dimension: "ecs:service:DesiredCount",
      resource_id: `service/crm-dev/${reference(template, "aws_ecs_service", "service/service", "name")}`,
      min_capacity: 2,
      max_capacity: 10,
    });
  });

  it("starts at the lower bound, and is ignored by later applies", () => {
    const block = scaled({ minCount: 3 }).only("aws_ecs_service");
    expect(block["desired_count"]).toBe(3);
    expect(block["lifecycle"]).toMatchObject({ ignore_changes: ["desired_count"] });
  });

  it("targets the guide's 70 % CPU, with a fast scale-out and a slow scale-in", () => {
    expect(Object.keys(template.resources(POLICY))).toEqual(["service/autoscaling-cpu"]);
    expect(template.only(POLICY)).toEqual({
      name: "crm-dev-cpu",
      policy_type: "TargetTrackingScaling",
      resource_id: reference(template, "aws_appautoscaling_target", "service/autoscaling-target", "resource_id"),
      scalable_dimension: reference(
        template,
        "aws_appautoscaling_target",
        "service/autoscaling-target",
        "scalable_dimension",
      ),
      service_namespace: reference(
        template,
        "aws_appautoscaling_target",
        "service/autoscaling-target",
        "service_namespace",
      ),
      target_tracking_scaling_policy_configuration: {
        target_value: 70,
        scale_out_cooldown: 60,
        scale_in_cooldown: 300,
        predefined_metric_specification: { predefined_metric_type: "ECSServiceAverageCPUUtilization" },
      },
    });
  });
});

describe("a target for", () => {
  it("memory", () => {
    expect(tracking({ memoryPercent: 80 }, "memory")).toMatchObject({
      target_value: 80,
      predefined_metric_specification: { predefined_metric_type: "ECSServiceAverageMemoryUtilization" },
    });
  });

  it("requests, by the load balancer and its target group", () => {
    expect(tracking({ requestsPerTask: 1200 }, "requests")).toMatchObject({
      target_value: 1200,
      predefined_metric_specification: {
        predefined_metric_type: "ALBRequestCountPerTarget",
        resource_label: "app/crm/fedcba9876543210/targetgroup/crm/0123456789abcdef",
      },
    });
  });

  it("open connections: the sum of the gauge over its number of reports", () => {
    const metric = {
      namespace: "MessengerCRM",
      metric_name: "OpenConnections",
      dimensions: [{ name: "Service", value: "crm-dev" }],
    };
    expect(tracking({ connectionsPerTask: 2000 }, "connections")).toEqual({
      target_value: 2000,
      scale_out_cooldown: 60,
      scale_in_cooldown: 300,
      customized_metric_specification: {
        metrics: [
          { id: "open", metric_stat: { stat: "Sum", metric }, return_data: false },
          { id: "reports", metric_stat: { stat: "SampleCount", metric }, return_data: false },
          { id: "per_task", label: "OpenConnections per task", expression: "open / reports", return_data: true },
        ],
      },
    });
  });

  it("open connections, with escaped template syntax in names", () => {
    const policy = service({
      ...behindLoadBalancer,
      connectionMetric: { namespace: "${n}", metricName: "${m}", dimensions: { "${k}": "%{v}" } },
      autoscaling: { minCount: 2, maxCount: 10, connectionsPerTask: 2000 },
    }).resource(POLICY, "service/autoscaling-connections");
    const metric = { namespace: "$${n}", metric_name: "$${m}", dimensions: [{ name: "$${k}", value: "%%{v}" }] };
    expect(policy["target_tracking_scaling_policy_configuration"]).toMatchObject({
      customized_metric_specification: {
        metrics: [{ metric_stat: { metric } }, { metric_stat: { metric } }, { label: "$${m} per task" }],
      },
    });
  });

  it("no CPU, with other cooldowns", () => {
    const template = scaled({ cpuPercent: false, memoryPercent: 75, scaleOutCooldownSec: 30, scaleInCooldownSec: 900 });
    expect(Object.keys(template.resources(POLICY))).toEqual(["service/autoscaling-memory"]);
    expect(template.only(POLICY)["target_tracking_scaling_policy_configuration"]).toMatchObject({
      scale_out_cooldown: 30,
      scale_in_cooldown: 900,
    });
  });
});

describe("schedules", () => {
  const template = scaled({
    cpuPercent: false,
    schedules: {
      morning: { schedule: "cron(0 8 ? * MON-FRI *)", timezone: "Asia/Tokyo", minCount: 4, maxCount: 20 },
      evening: { schedule: "cron(0 20 ? * MON-FRI *)", timezone: "Asia/Tokyo", minCount: 2, maxCount: 10 },
    },
  });

  it("change the bounds", () => {
    const actions = template.resources("aws_appautoscaling_scheduled_action");
    expect(Object.keys(actions).sort()).toEqual(["service/schedule-evening", "service/schedule-morning"]);
    expect(actions["service/schedule-morning"]).toMatchObject({
      name: "crm-dev-morning",
      schedule: "cron(0 8 ? * MON-FRI *)",
      timezone: "Asia/Tokyo",
      scalable_target_action: { min_capacity: "4", max_capacity: "20" },
    });
  });

  it("are not undone by an apply during a scheduled event", () => {
    expect(template.only("aws_appautoscaling_target")["lifecycle"]).toEqual({
      ignore_changes: ["min_capacity", "max_capacity"],
    });
  });
});

it("is off by default, and Terraform then manages the count", () => {
  const template = service();
  expect(template.count("aws_appautoscaling_target")).toBe(0);
  expect(template.only("aws_ecs_service")["lifecycle"]).not.toHaveProperty("ignore_changes");
});
