import { join } from "node:path";
import {
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
  ListTagsForResourceCommand,
} from "@aws-sdk/client-application-auto-scaling";
import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { DescribeQueryDefinitionsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeServicesCommand } from "@aws-sdk/client-ecs";
import { DescribeListenersCommand, DescribeLoadBalancersCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import {
  DescribeCacheClustersCommand,
  DescribeCacheParametersCommand,
  DescribeReplicationGroupsCommand,
  DescribeUserGroupsCommand,
  DescribeUsersCommand,
} from "@aws-sdk/client-elasticache";
import { DescribeDBInstancesCommand, DescribeDBParametersCommand } from "@aws-sdk/client-rds";
import { TerraformRoot } from "../../helpers/terraform-root";
import { type Clients, clients } from "../../helpers/aws-clients";

describe("a service with load balancer, tasks, database, cache, WAF and monitoring", () => {
  let fixture: TerraformRoot;
  let aws: Clients;

  beforeAll(async () => {
    fixture = await TerraformRoot.applied(join(__dirname, "fixtures/service.tf.json"));
    aws = clients(fixture.simulator.endpoint);
  });

  afterAll(() => fixture?.dispose());

  it("plans no change after apply", async () => {
    expect(await fixture.drift()).toEqual([]);
  });

  it("keeps the fields of the ECS service, and its tasks run", async () => {
    const answer = await aws.ecs.send(new DescribeServicesCommand({ cluster: "fixture", services: ["fixture"] }));
    expect(answer.services?.[0]).toMatchObject({
      desiredCount: 3,
      runningCount: 3,
      enableExecuteCommand: true,
      enableECSManagedTags: true,
      propagateTags: "SERVICE",
      availabilityZoneRebalancing: "ENABLED",
      healthCheckGracePeriodSeconds: 60,
      capacityProviderStrategy: expect.arrayContaining([
        { capacityProvider: "FARGATE", base: 1, weight: 1 },
        { capacityProvider: "FARGATE_SPOT", base: 0, weight: 3 },
      ]) as unknown,
      deploymentConfiguration: {
        minimumHealthyPercent: 100,
        maximumPercent: 200,
        deploymentCircuitBreaker: { enable: true, rollback: true },
        alarms: { enable: true, rollback: true, alarmNames: ["fixture-errors"] },
      },
      deployments: [{ status: "PRIMARY", rolloutState: "COMPLETED", runningCount: 3 }],
    });
  });

  it("keeps target, tags and metric math of the autoscaling", async () => {
    const targets = await aws.autoscaling.send(new DescribeScalableTargetsCommand({ ServiceNamespace: "ecs" }));
    const target = targets.ScalableTargets?.[0];
    expect(target).toMatchObject({ ResourceId: "service/fixture/fixture", MinCapacity: 2, MaxCapacity: 20 });
    const arn = target?.ScalableTargetARN;
    const tags = await aws.autoscaling.send(new ListTagsForResourceCommand({ ResourceARN: arn }));
    expect(tags.Tags).toEqual({ Project: "simulator-fixture" });
    const policies = await aws.autoscaling.send(new DescribeScalingPoliciesCommand({ ServiceNamespace: "ecs" }));
    const metrics = policies.ScalingPolicies?.find(({ PolicyName }) => PolicyName === "connections");
    const specification = metrics?.TargetTrackingScalingPolicyConfiguration?.CustomizedMetricSpecification;
    const math = (specification?.Metrics ?? []).map(({ Id = "", Expression = "metric" }) => `${Id}: ${Expression}`);
    expect(math.sort()).toEqual(["open: metric", "per_task: open / tasks", "tasks: metric"]);
  });

  it("keeps the scheme and the existing certificate of the load balancer", async () => {
    const { LoadBalancers = [] } = await aws.elb.send(new DescribeLoadBalancersCommand({ Names: ["fixture"] }));
    expect(LoadBalancers[0]?.Scheme).toBe("internet-facing");
    const query = new DescribeListenersCommand({ LoadBalancerArn: LoadBalancers[0]?.LoadBalancerArn });
    const listeners = (await aws.elb.send(query)).Listeners ?? [];
    expect(listeners.flatMap(({ Certificates = [] }) => Certificates)).toEqual([
      expect.objectContaining({
        CertificateArn: expect.stringContaining("/0c5a9c4e-1111-4222-8333-444455556666") as unknown,
      }),
    ]);
  });

  it("keeps insights, monitoring and parameters of the database", async () => {
    const { DBInstances = [] } = await aws.rds.send(new DescribeDBInstancesCommand({}));
    expect(DBInstances[0]).toMatchObject({
      PerformanceInsightsEnabled: true,
      PerformanceInsightsRetentionPeriod: 7,
      MonitoringInterval: 60,
      MonitoringRoleArn: "arn:aws:iam::210987654321:role/fixture-monitoring",
    });
    const query = new DescribeDBParametersCommand({ DBParameterGroupName: "fixture-postgres16", Source: "user" });
    const { Parameters } = await aws.rds.send(query);
    expect(Parameters).toEqual([
      expect.objectContaining({ ParameterName: "rds.force_ssl", ParameterValue: "1", Source: "user" }),
    ]);
  });

  it("keeps members, users, parameters and log delivery of the cache", async () => {
    const { ReplicationGroups = [] } = await aws.elasticache.send(new DescribeReplicationGroupsCommand({}));
    expect(ReplicationGroups[0]).toMatchObject({
      Engine: "valkey",
      MultiAZ: "enabled",
      AutomaticFailover: "enabled",
      TransitEncryptionEnabled: true,
      AtRestEncryptionEnabled: true,
      SnapshotRetentionLimit: 3,
      MemberClusters: ["fixture-001", "fixture-002"],
      UserGroupIds: ["fixture"],
      LogDeliveryConfigurations: [{ LogType: "slow-log", LogFormat: "json", Status: "active" }],
    });
    const member = await aws.elasticache.send(new DescribeCacheClustersCommand({ CacheClusterId: "fixture-002" }));
    expect(member.CacheClusters?.[0]?.CacheParameterGroup?.CacheParameterGroupName).toBe("fixture-valkey8");
    const users = await aws.elasticache.send(new DescribeUsersCommand({ UserId: "fixture-app" }));
    expect(users.Users?.[0]?.Authentication?.Type).toBe("iam");
    const groups = await aws.elasticache.send(new DescribeUserGroupsCommand({ UserGroupId: "fixture" }));
    expect(groups.UserGroups?.[0]).toMatchObject({ Engine: "valkey", UserIds: ["fixture-app"] });
    const query = new DescribeCacheParametersCommand({ CacheParameterGroupName: "fixture-valkey8" });
    expect((await aws.elasticache.send(query)).Parameters).toEqual([
      expect.objectContaining({ ParameterName: "maxmemory-policy", ParameterValue: "noeviction" }),
    ]);
  });

  it("keeps the composite alarm's rule and the query definition", async () => {
    const query = new DescribeAlarmsCommand({ AlarmNames: ["fixture-page"], AlarmTypes: ["CompositeAlarm"] });
    const alarms = await aws.cloudwatch.send(query);
    expect(alarms.CompositeAlarms?.[0]?.AlarmRule).toBe('ALARM("fixture-errors") OR ALARM("fixture-latency")');
    const definitions = await aws.logs.send(new DescribeQueryDefinitionsCommand({}));
    expect(definitions.queryDefinitions?.[0]).toMatchObject({
      name: "fixture/errors",
      logGroupNames: ["/fixture/app"],
    });
  });

  it("destroys everything", async () => {
    expect(await fixture.destroy()).toEqual([]);
  });
});
