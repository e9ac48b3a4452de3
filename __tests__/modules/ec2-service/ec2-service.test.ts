import { parsed } from "../../helpers/template";
import { connectionMetric, later, loadBalancer, minimal, SECRET_ARN, service, statements } from "./fixture";

describe("with the required props", () => {
  const template = service();

  it("creates exactly these resources", () => {
    expect(template.counts()).toEqual({
      aws_autoscaling_group: 1,
      aws_autoscaling_lifecycle_hook: 2,
      aws_autoscaling_policy: 1,
      aws_cloudwatch_log_group: 1,
      aws_iam_instance_profile: 1,
      aws_iam_role: 1,
      aws_iam_role_policy: 1,
      aws_launch_template: 1,
      aws_security_group: 1,
      aws_vpc_security_group_egress_rule: 2,
      aws_vpc_security_group_ingress_rule: 1,
    });
  });

  it("launches instances with IMDSv2 only, an encrypted volume and no public address", () => {
    const { user_data, network_interfaces, ...rest } = template.only("aws_launch_template");
    expect(rest).toEqual({
      name: "crm-dev-instances",
      image_id: "ami-0123456789abcdef0",
      instance_type: "t4g.small",
      iam_instance_profile: { arn: expect.stringMatching(/^\$\{aws_iam_instance_profile\..+\.arn\}$/) as unknown },
      metadata_options: { http_endpoint: "enabled", http_tokens: "required", http_put_response_hop_limit: 1 },
      block_device_mappings: [
        {
          device_name: "/dev/xvda",
          ebs: { encrypted: "true", volume_type: "gp3", volume_size: 16, delete_on_termination: "true" },
        },
      ],
      monitoring: { enabled: true },
      tag_specifications: [
        { resource_type: "instance", tags: { Name: "crm-dev" } },
        { resource_type: "volume", tags: { Name: "crm-dev" } },
      ],
      tags: { Name: "crm-dev" },
      lifecycle: {
        precondition: [expect.objectContaining({ condition: expect.stringContaining("length(") as unknown })],
      },
    });
    expect(network_interfaces).toMatchObject([{ associate_public_ip_address: "false", device_index: 0 }]);
    expect(user_data).toMatch(/^\$\{base64gzip\(local\./);
  });

  it("keeps an SSH key, a public rule and a literal secret out", () => {
    expect(template.text).not.toMatch(/key_name|"from_port": 22\b/);
  });

  it("runs a group on a numbered version of the template, and waits for its first instances", () => {
    const group = template.only("aws_autoscaling_group");
    expect(group).toMatchObject({
      name: "crm-dev",
      min_size: 2,
      max_size: 4,
      health_check_type: "ELB",
      health_check_grace_period: 120,
      default_instance_warmup: 60,
      capacity_rebalance: false,
      min_elb_capacity: 2,
      wait_for_capacity_timeout: "420s",
      target_group_arns: [loadBalancer.targetGroupArn],
      instance_maintenance_policy: { min_healthy_percentage: 100, max_healthy_percentage: 200 },
      lifecycle: { ignore_changes: ["initial_lifecycle_hook"] },
    });
    expect(group["desired_capacity"]).toBeUndefined();
    expect(group["mixed_instances_policy"]).toMatchObject({
      instances_distribution: { on_demand_base_capacity: 0, on_demand_percentage_above_base_capacity: 100 },
      launch_template: {
        launch_template_specification: {
          version: expect.stringMatching(/^\$\{tostring\(.*latest_version\)\}$/) as unknown,
        },
        override: [{ instance_type: "t4g.small" }],
      },
    });
  });

  it("has both hooks from the first instance on, and as resources of their own for later changes", () => {
    const expected = [
      {
        name: "boot",
        lifecycle_transition: "autoscaling:EC2_INSTANCE_LAUNCHING",
        heartbeat_timeout: 300,
        default_result: "ABANDON",
      },
      {
        name: "drain",
        lifecycle_transition: "autoscaling:EC2_INSTANCE_TERMINATING",
        heartbeat_timeout: 80,
        default_result: "CONTINUE",
      },
    ];
    expect(template.only("aws_autoscaling_group")["initial_lifecycle_hook"]).toEqual(expected);
    const hooks = Object.values(template.resources("aws_autoscaling_lifecycle_hook"));
    expect(hooks.map(({ autoscaling_group_name, ...hook }) => [hook, typeof autoscaling_group_name])).toEqual(
      expected.map((hook) => [hook, "string"]),
    );
  });

  it("keeps CPU at 70 %", () => {
    expect(template.only("aws_autoscaling_policy")).toMatchObject({
      policy_type: "TargetTrackingScaling",
      target_tracking_configuration: {
        target_value: 70,
        predefined_metric_specification: { predefined_metric_type: "ASGAverageCPUUtilization" },
      },
    });
  });

  it("lets the load balancer reach nginx, and nobody else", () => {
    expect(template.only("aws_vpc_security_group_ingress_rule")).toMatchObject({
      from_port: 8080,
      to_port: 8080,
      referenced_security_group_id: loadBalancer.loadBalancerSecurityGroupId,
    });
  });
});

describe("the role of the instances", () => {
  const kmsKey = "arn:aws:kms:ap-northeast-1:123456789012:key/5f9c2a1e-7b64-4c0d-9d3e-1a2b3c4d5e6f";
  const parameter = "arn:aws:ssm:ap-northeast-1:123456789012:parameter/crm/key";
  const template = service({
    secrets: { NEXTAUTH_SECRET: SECRET_ARN, SIGNING_KEY: parameter },
    secretKmsKeyArns: [kmsKey],
  });
  const role = statements(template, "service/policy");

  it("allows what an instance does, each on its own resources", () => {
    expect(Object.keys(role)).toEqual([
      "PullImage",
      "ReadSecrets",
      "ReadParameters",
      "DecryptSecrets",
      "WriteLogs",
      "ReportLifecycle",
      "WriteMetrics",
      "FindGroupName",
      "RegisterForSessions",
      "SessionManager",
    ]);
    expect(role["PullImage"]).toMatchObject({
      Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      Resource: "arn:aws:ecr:ap-northeast-1:123456789012:repository/messenger-crm",
    });
    expect(role["ReadSecrets"]).toMatchObject({ Resource: [SECRET_ARN] });
    expect(role["ReadParameters"]).toMatchObject({ Action: "ssm:GetParameter", Resource: [parameter] });
    expect(role["ReportLifecycle"]).toMatchObject({
      Action: ["autoscaling:CompleteLifecycleAction", "autoscaling:SetInstanceHealth"],
      Resource: expect.stringMatching(/:autoScalingGroup:\*:autoScalingGroupName\/crm-dev$/) as unknown,
    });
    expect(role["WriteMetrics"]).toMatchObject({
      Resource: "*",
      Condition: { StringEquals: { "cloudwatch:namespace": "MessengerCRM/Instances" } },
    });
  });

  it("is that of EC2 alone", () => {
    const { Statement } = parsed(template.only("aws_iam_role")["assume_role_policy"]) as { Statement: unknown };
    expect(Statement).toEqual([
      { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
    ]);
  });
});

it("waits with the first instance for an added policy", () => {
  const template = service({}, (it) =>
    it.addInstancePolicy("database", [{ Effect: "Allow", Action: "rds-db:connect", Resource: "arn:aws:rds-db:::*" }]),
  );
  const added = Object.keys(template.json.resource!["aws_iam_role_policy"]!).find((name) => name.includes("database"));
  expect(template.only("aws_autoscaling_group")["depends_on"]).toContain(`aws_iam_role_policy.${added}`);
});

describe("with spot", () => {
  const group = service({ spot: {}, instanceTypes: ["t4g.small", "t4g.medium"] }).only("aws_autoscaling_group");

  it("keeps a base on demand, chooses pools by capacity, and replaces before an interruption", () => {
    expect(group).toMatchObject({
      capacity_rebalance: true,
      mixed_instances_policy: {
        instances_distribution: {
          on_demand_allocation_strategy: "prioritized",
          on_demand_base_capacity: 1,
          on_demand_percentage_above_base_capacity: 0,
          spot_allocation_strategy: "price-capacity-optimized",
        },
        launch_template: { override: [{ instance_type: "t4g.small" }, { instance_type: "t4g.medium" }] },
      },
    });
  });
});

describe("an instance refresh", () => {
  const preferences = (props = {}) =>
    (service(props).only("aws_autoscaling_group")["instance_refresh"] as { preferences: object }).preferences;

  it("starts a new instance before it ends an old one", () => {
    expect(preferences()).toEqual({
      min_healthy_percentage: 100,
      max_healthy_percentage: 200,
      instance_warmup: "60",
      auto_rollback: false,
      scale_in_protected_instances: "Refresh",
      standby_instances: "Terminate",
    });
  });

  it("stops at the alarms", () => {
    expect(preferences({ refreshAlarmNames: ["crm-dev-errors", "crm ${x}"] })).toMatchObject({
      alarm_specification: { alarms: ["crm-dev-errors", "crm $${x}"] },
    });
  });
});

it("tells a topic of a refresh that failed, since no apply waits for it", () => {
  const template = service({ refreshTopicArn: "arn:aws:sns:ap-northeast-1:123456789012:oncall" });
  expect(parsed(template.only("aws_cloudwatch_event_rule")["event_pattern"])).toMatchObject({
    source: ["aws.autoscaling"],
    detail: { AutoScalingGroupName: ["crm-dev"] },
  });
  expect(template.only("aws_cloudwatch_event_target")).toMatchObject({
    arn: "arn:aws:sns:ap-northeast-1:123456789012:oncall",
  });
});

it("tracks open connections per process by the gauge that each of them reports", () => {
  const autoscaling = { minCount: 2, maxCount: 4, cpuPercent: false, connectionsPerProcess: 1000 } as const;
  expect(service({ autoscaling, connectionMetric }).only("aws_autoscaling_policy")).toMatchObject({
    name: "crm-dev-connections",
    target_tracking_configuration: {
      target_value: 1000,
      customized_metric_specification: {
        metrics: [
          {
            id: "open",
            return_data: false,
            metric_stat: {
              stat: "Sum",
              metric: {
                namespace: "MessengerCRM",
                metric_name: "OpenConnections",
                dimensions: [{ name: "Service", value: "crm-dev" }],
              },
            },
          },
          { id: "reports", metric_stat: { stat: "SampleCount" } },
          { id: "per_process", expression: "open / reports", return_data: true },
        ],
      },
    },
  });
});

it("gives the launch hook the time of the migration, too", () => {
  const template = service({ migration: { command: ["node", "migrate.js"], timeoutSec: 100 }, bootSec: 30 });
  expect(template.resource("aws_autoscaling_lifecycle_hook", "service/hook-boot")["heartbeat_timeout"]).toBe(370);
});

it("accepts an image and an AMI that are known only at apply", () => {
  const repositoryArn = "arn:aws:ecr:ap-northeast-1:123456789012:repository/messenger-crm";
  const template = service({ image: later.text, repositoryArn, amiId: later.text });
  expect(template.only("aws_launch_template")["image_id"]).toBe("later");
  expect(statements(template, "service/policy")["PullImage"]).toMatchObject({ Resource: repositoryArn });
});

it("names the launch template with the three characters that EC2 asks for, however short its own name", () => {
  expect(service({ name: "a" }).only("aws_launch_template")["name"]).toBe("a-instances");
});

it("never mutates its props", () => {
  const frozen = Object.freeze({ ...minimal, autoscaling: Object.freeze({ ...minimal.autoscaling }) });
  expect(() => service(frozen)).not.toThrow();
});
