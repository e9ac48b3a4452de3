import { DefaultTokenResolver, StringConcat, Tokenization } from "cdktf";
import { FargateService, type FargateServiceProps } from "../../../modules/fargate-service";
import { type Block } from "../../helpers/template";
import { behindLoadBalancer, Listener, loadBalancer, minimal, reference, service } from "./fixture";

const ecsService = (props: Partial<FargateServiceProps> = {}): Block => service(props).only("aws_ecs_service");

describe("the service with its defaults", () => {
  const template = service();

  it("creates exactly these resources", () => {
    expect(template.counts()).toEqual({
      aws_cloudwatch_log_group: 1,
      aws_ecs_cluster: 1,
      aws_ecs_cluster_capacity_providers: 1,
      aws_ecs_service: 1,
      aws_ecs_task_definition: 1,
      aws_iam_role: 2,
      aws_iam_role_policy: 1,
      aws_security_group: 1,
      aws_vpc_security_group_egress_rule: 1,
    });
    expect(template.json.data).toBeUndefined();
  });

  it("creates a cluster with Container Insights and both capacity providers", () => {
    expect(template.only("aws_ecs_cluster")).toMatchObject({
      name: "crm-dev",
      setting: [{ name: "containerInsights", value: "enabled" }],
    });
    expect(template.only("aws_ecs_cluster_capacity_providers")).toMatchObject({
      capacity_providers: ["FARGATE", "FARGATE_SPOT"],
      default_capacity_provider_strategy: [{ capacity_provider: "FARGATE", weight: 1 }],
    });
  });

  it("keeps the logs for 30 days", () => {
    expect(template.only("aws_cloudwatch_log_group")).toEqual({ name: "/ecs/crm-dev", retention_in_days: 30 });
  });

  it("deploys at full capacity, rolls back a failed deployment, and fails the apply", () => {
    const taskDefinition = reference(template, "aws_ecs_task_definition", "service/task-definition", "arn");
    const { depends_on: dependsOn, ...block } = template.only("aws_ecs_service");
    expect(block).toEqual({
      name: "crm-dev",
      cluster: reference(template, "aws_ecs_cluster", "service/cluster", "arn"),
      task_definition: taskDefinition,
      desired_count: 2,
      capacity_provider_strategy: [{ capacity_provider: "FARGATE", base: 1, weight: 1 }],
      force_new_deployment: true,
      platform_version: "1.4.0",
      network_configuration: {
        subnets: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
        security_groups: [reference(template, "aws_security_group", "service/security-group", "id")],
        assign_public_ip: false,
      },
      deployment_minimum_healthy_percent: 100,
      deployment_maximum_percent: 200,
      deployment_circuit_breaker: { enable: true, rollback: true },
      availability_zone_rebalancing: "ENABLED",
      enable_execute_command: false,
      enable_ecs_managed_tags: true,
      propagate_tags: "SERVICE",
      wait_for_steady_state: true,
      timeouts: { create: "1800s", update: "1800s", delete: "1800s" },
      lifecycle: {
        postcondition: [
          {
            condition: `\${(self.task_definition == ${taskDefinition.slice(2, -1)})}`,
            error_message:
              "The deploy failed and ECS rolled it back: the previous revision runs. See the service's events and the logs of the stopped tasks.",
          },
        ],
      },
    });
    expect(dependsOn).toEqual([
      expect.stringMatching(/^aws_ecs_cluster_capacity_providers\./),
      expect.stringMatching(/^aws_iam_role_policy\.service_execution-policy/),
      expect.stringMatching(/^aws_vpc_security_group_egress_rule\.service_egress-https/),
    ]);
  });
});

describe("a cluster that exists already", () => {
  const cluster = { arn: "arn:aws:ecs:ap-northeast-1:123456789012:cluster/shared", name: "shared" };
  const template = service({ cluster, autoscaling: { minCount: 2, maxCount: 4 } });

  it("is used instead of a new one", () => {
    expect(template.count("aws_ecs_cluster") + template.count("aws_ecs_cluster_capacity_providers")).toBe(0);
    expect(template.only("aws_ecs_service")["cluster"]).toBe(cluster.arn);
    expect(template.only("aws_appautoscaling_target")["resource_id"]).toBe(
      `service/shared/${reference(template, "aws_ecs_service", "service/service", "name")}`,
    );
  });
});

describe("capacity", () => {
  it("adds spot capacity above an on-demand base", () => {
    const spot = { onDemandBase: 2, onDemandWeight: 1, spotWeight: 3 };
    expect(ecsService({ spot })["capacity_provider_strategy"]).toEqual([
      { capacity_provider: "FARGATE", base: 2, weight: 1 },
      { capacity_provider: "FARGATE_SPOT", weight: 3 },
    ]);
  });

  it("defaults to one task on demand and half of the rest on spot", () => {
    expect(ecsService({ spot: {} })["capacity_provider_strategy"]).toEqual([
      { capacity_provider: "FARGATE", base: 1, weight: 1 },
      { capacity_provider: "FARGATE_SPOT", weight: 1 },
    ]);
  });
});

describe("behind a load balancer", () => {
  it("registers the app's container, with a grace period for boot and health checks", () => {
    const block = ecsService(behindLoadBalancer);
    expect(block["load_balancer"]).toEqual([
      { target_group_arn: loadBalancer.targetGroupArn, container_name: "app", container_port: 3000 },
    ]);
    expect(block["health_check_grace_period_seconds"]).toBe(60 + 60);
  });

  it("includes the migration in the grace period, and accepts the caller's value", () => {
    const migration = { command: ["node", "migrate.js"], timeoutSec: 90 };
    expect(ecsService({ ...behindLoadBalancer, migration })["health_check_grace_period_seconds"]).toBe(60 + 90 + 60);
    expect(
      ecsService({ ...behindLoadBalancer, healthCheckGracePeriodSec: 300 })["health_check_grace_period_seconds"],
    ).toBe(300);
  });

  it("waits for the listener: ECS refuses a target group that no listener uses", () => {
    const template = service({}, (_, stack) => {
      const dependencies = [new Listener(stack)];
      const props = { ...minimal, name: "waiting", drainSec: 60, loadBalancer: { ...loadBalancer, dependencies } };
      new FargateService(stack, "waiting", props);
    });
    expect(template.resource("aws_ecs_service", "waiting/service")["depends_on"]).toContain("terraform_data.listener");
  });
});

describe("deploys", () => {
  it("turns off rebalancing between zones when the maximum leaves no room for it", () => {
    const props = { minimumHealthyPercent: 50, maximumPercent: 100 };
    expect(ecsService(props)["availability_zone_rebalancing"]).toBe("DISABLED");
  });

  it("accepts a timeout, and omits the check of a deployment that it does not wait for", () => {
    const block = ecsService({ deployTimeoutSec: 900, waitForSteadyState: false });
    expect(block["timeouts"]).toEqual({ create: "900s", update: "900s", delete: "900s" });
    expect(block["wait_for_steady_state"]).toBe(false);
    expect(block["lifecycle"]).toBeUndefined();
  });

  it("escapes template syntax in an alarm's name", () => {
    const { alarms } = service({ rollbackAlarmNames: ["crm-${stage}"] }).only("aws_ecs_service");
    expect(alarms).toMatchObject({ alarm_names: ["crm-$${stage}"] });
  });

  it("returns to Terraform's revision by default, and says so explicitly as well", () => {
    const byDefault = service();
    expect(service({ revisionsOutsideTerraform: "revert" }).text).toBe(byDefault.text);
    expect(byDefault.only("aws_ecs_task_definition")).not.toHaveProperty("track_latest");
    expect(byDefault.only("aws_ecs_service")["lifecycle"]).not.toHaveProperty("ignore_changes");
  });

  it("follows the latest revision, and still expects the one that was applied to run", () => {
    const template = service({ revisionsOutsideTerraform: "follow" });
    expect(template.only("aws_ecs_task_definition")["track_latest"]).toBe(true);
    expect(template.only("aws_ecs_service")["lifecycle"]).toEqual(service().only("aws_ecs_service")["lifecycle"]);
  });

  it("ignores the service's revision, beside the count of an autoscaler, and checks no deployment", () => {
    const ignored = { revisionsOutsideTerraform: "ignore" } as const;
    expect(ecsService(ignored)["lifecycle"]).toEqual({ ignore_changes: ["task_definition"] });
    expect(ecsService({ ...ignored, autoscaling: { minCount: 2, maxCount: 4 } })["lifecycle"]).toEqual({
      ignore_changes: ["desired_count", "task_definition"],
    });
    expect(service(ignored).only("aws_ecs_task_definition")).not.toHaveProperty("track_latest");
  });

  it("rolls back on the given alarms, and on those added later", () => {
    const template = service({ rollbackAlarmNames: ["crm-dev-5xx"] }, (made) => made.addRollbackAlarms("crm-dev-acks"));
    expect(template.only("aws_ecs_service")["alarms"]).toEqual({
      enable: true,
      rollback: true,
      alarm_names: ["crm-dev-5xx", "crm-dev-acks"],
    });
    expect(ecsService()["alarms"]).toBeUndefined();
  });
});

describe("outputs", () => {
  it("contain what other constructs need", () => {
    service({ ...behindLoadBalancer, autoscaling: { minCount: 2, maxCount: 6 } }, (made, stack) => {
      expect(made.serviceName).toBe("crm-dev");
      expect(made.clusterName).toBe("crm-dev");
      expect(made.taskFamily).toBe("crm-dev");
      expect(made.containerName).toBe("app");
      expect([made.desiredCount, made.minCount, made.maxCount]).toEqual([2, 2, 6]);
      // 60 to provision, 60 to boot, 60 to prove healthy, 30 to deregister, 70 to drain; all tasks at once.
      expect(made.worstCaseDeploySec).toBe(280);
      const resolved = (text: string) =>
        Tokenization.resolve(text, { scope: stack, resolver: new DefaultTokenResolver(new StringConcat()) }) as string;
      const same = (a: string, b: string) => expect(resolved(a)).toBe(resolved(b));
      same(made.taskDefinitionArn, made.taskDefinition.arn);
      same(made.taskRoleArn, made.taskRole.arn);
      same(made.taskRoleName, made.taskRole.name);
      same(made.executionRoleArn, made.executionRole.arn);
      same(made.securityGroupId, made.securityGroup.id);
      same(made.logGroupName, made.logGroup.name);
      same(made.logGroupArn, made.logGroup.arn);
      same(made.serviceArn, made.service.id);
      same(made.clusterArn, made.cluster!.arn);
    });
  });

  it("include the bounds of schedules", () => {
    const schedules = {
      sale: { schedule: "at(2027-01-01T00:00:00)", timezone: "Asia/Tokyo", minCount: 8, maxCount: 20 },
    };
    service({ autoscaling: { minCount: 2, maxCount: 6, schedules } }, (made) => {
      expect([made.minCount, made.maxCount]).toEqual([2, 20]);
    });
  });
});

it("ignores later changes to the props", () => {
  const environment = { PORT: "3000" };
  const egressCidrs = ["10.0.0.0/16"];
  const change = () => {
    environment.PORT = "4000";
    egressCidrs.push("0.0.0.0/0");
  };
  const text = service({ environment, egressCidrs }, change).text;
  expect(text).not.toContain("4000");
  expect(text).not.toContain("0.0.0.0/0");
});

it("synthesizes the same JSON twice", () => {
  const text = () => service({ ...behindLoadBalancer, environment: { B: "2", A: "1" } }).text;
  expect(text()).toBe(text());
});
