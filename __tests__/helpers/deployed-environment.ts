import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { DescribeMetricFiltersCommand, TestMetricFilterCommand } from "@aws-sdk/client-cloudwatch-logs";
import { GetWebACLForResourceCommand } from "@aws-sdk/client-wafv2";
import { contract } from "../../app/contract";
import { type EnvironmentOf } from "../../environments";
import { type Clients } from "./aws-clients";
import { DeployedStack } from "./deployed-stack";
import { type TerraformRoot } from "./terraform-root";

export interface Applied {
  readonly root: TerraformRoot;
  readonly aws: Clients;
  readonly json: string;
}

/** Declares the tests that every applied environment must pass. `applied` is called when the tests run. */
export function describeDeployedEnvironment(environment: EnvironmentOf<"fargate">, applied: () => Applied): void {
  const name = `${contract.name}-${environment.name}`;
  const deployed = () => new DeployedStack(applied().aws, name);

  it("plans no change right after the apply", async () => {
    expect(await applied().root.drift()).toEqual([]);
  });

  it("keeps polling clients on their task, and idle sockets open", async () => {
    expect(await deployed().targetGroupAttributes()).toMatchObject({
      "stickiness.enabled": "true",
      "stickiness.type": "lb_cookie",
      "stickiness.lb_cookie.duration_seconds": "86400",
      "deregistration_delay.timeout_seconds": "30",
    });
    const attributes = await deployed().loadBalancerAttributes();
    const { pingIntervalSec, pingTimeoutSec } = contract.container.socket.heartbeat;
    expect(Number(attributes["idle_timeout.timeout_seconds"])).toBeGreaterThan(pingIntervalSec + pingTimeoutSec);
    expect(Number(attributes["idle_timeout.timeout_seconds"])).toBeLessThan(
      contract.container.http.keepAliveTimeoutSec,
    );
    expect(attributes["routing.http.drop_invalid_header_fields.enabled"]).toBe("true");
  });

  it("has the health check of the deployment guide", async () => {
    expect(await deployed().targetGroup()).toMatchObject({
      HealthCheckPath: "/api/health",
      HealthCheckProtocol: "HTTP",
      HealthyThresholdCount: 2,
      UnhealthyThresholdCount: 3,
      HealthCheckTimeoutSeconds: 5,
      HealthCheckIntervalSeconds: 30,
      TargetType: "ip",
      Port: 3000,
    });
  });

  it("runs the containers of the contract", async () => {
    const { app, migration } = await deployed().containers();
    const names = (pairs: readonly { name?: string }[] = []) => pairs.map((pair) => pair.name).sort();
    expect(names(app!.environment)).toEqual(Object.keys(contract.container.environment).sort());
    expect(names(app!.secrets)).toEqual(Object.keys(contract.secrets).sort());
    expect(names(migration!.secrets)).toEqual(Object.keys(contract.migrationSecrets));
    expect(app).toMatchObject({
      user: "1001:1001",
      readonlyRootFilesystem: true,
      stopTimeout: contract.container.drain.shutdownSec + 10,
      dependsOn: [{ containerName: "migration", condition: "SUCCESS" }],
      portMappings: [{ containerPort: 3000 }],
    });
    const secrets = [...(app!.secrets ?? []), ...(migration!.secrets ?? [])];
    expect(secrets.map(({ valueFrom }) => valueFrom)).toEqual(
      secrets.map(() => expect.stringMatching(/^arn:aws:secretsmanager:/) as string),
    );
  });

  it("rolls back failed deployments", async () => {
    expect((await deployed().service()).deploymentConfiguration).toMatchObject({
      minimumHealthyPercent: 100,
      maximumPercent: 200,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      alarms: { enable: true, rollback: true, alarmNames: expect.arrayContaining([expect.any(String)]) as string[] },
    });
  });

  it("scales on CPU by the deployment guide, and on open connections", async () => {
    const policies = (await deployed().scalingPolicies()).map((p) => p.TargetTrackingScalingPolicyConfiguration);
    expect(policies).toHaveLength(2);
    expect(policies).toContainEqual(
      expect.objectContaining({
        TargetValue: 70,
        ScaleOutCooldown: 60,
        ScaleInCooldown: 300,
        PredefinedMetricSpecification: { PredefinedMetricType: "ECSServiceAverageCPUUtilization" },
      }),
    );
    const connections = policies.find((policy) => policy?.CustomizedMetricSpecification);
    expect(connections?.TargetValue).toBe(environment.service.connectionsPerTask);
    const metrics = connections?.CustomizedMetricSpecification?.Metrics ?? [];
    expect(metrics.filter(({ ReturnData }) => ReturnData !== false)).toHaveLength(1);
    expect(metrics.map(({ MetricStat }) => MetricStat?.Metric?.MetricName)).toContain("OpenConnections");
    const { minCount: MinCapacity, maxCount: MaxCapacity } = environment.service;
    expect(await deployed().scalableTarget()).toMatchObject({ MinCapacity, MaxCapacity });
  });

  it("has its web ACL in front of the load balancer", async () => {
    const { LoadBalancerArn: ResourceArn } = await deployed().loadBalancer();
    const { WebACL } = await applied().aws.waf.send(new GetWebACLForResourceCommand({ ResourceArn }));
    const rateRules = WebACL?.Rules?.filter(({ Statement }) => Statement?.RateBasedStatement) ?? [];
    expect(rateRules.length).toBeGreaterThanOrEqual(2);
  });

  it("counts the deployment guide's log line, and no other", async () => {
    const { metricFilters = [] } = await applied().aws.logs.send(new DescribeMetricFiltersCommand({}));
    const filter = metricFilters.find(({ logGroupName }) => logGroupName === `/ecs/${name}`);
    expect(filter?.filterPattern).toBe('"[WebSocket] Client connected"');
    const logEventMessages = ["[WebSocket] Client connected: 1", "[WebSocket] Client disconnected", "WebSocket Client"];
    const test = new TestMetricFilterCommand({ filterPattern: filter?.filterPattern, logEventMessages });
    const { matches = [] } = await applied().aws.logs.send(test);
    expect(matches.map(({ eventMessage }) => eventMessage)).toEqual([logEventMessages[0]]);
  });

  it("has the deployment guide's CPU alarm, and no alarm without an action", async () => {
    const { MetricAlarms = [] } = await applied().aws.cloudwatch.send(new DescribeAlarmsCommand({}));
    // The simulator, like AWS, makes alarms of its own for target tracking.
    const ours = MetricAlarms.filter(({ AlarmName }) => !AlarmName?.startsWith("TargetTracking"));
    expect(ours).toContainEqual(
      expect.objectContaining({
        MetricName: "CPUUtilization",
        Namespace: "AWS/ECS",
        Threshold: 80,
        Period: 300,
        EvaluationPeriods: 2,
        ComparisonOperator: "GreaterThanThreshold",
      }),
    );
    expect(ours.filter(({ AlarmActions }) => !AlarmActions?.length)).toEqual([]);
    expect(ours.filter(({ TreatMissingData }) => !TreatMissingData)).toEqual([]);
  });

  it("keeps secret values out of the JSON, the plan, the state and Terraform's output", async () => {
    const values = await deployed().secretValues();
    expect(Object.keys(values).filter((secret) => secret.startsWith(`${name}/`))).toHaveLength(4);
    const texts = [applied().json, await applied().root.planStateAndLog()].join("\n");
    expect(texts).toContain(name);
    for (const value of Object.values(values).flatMap(secretsIn)) {
      expect(value.length).toBeGreaterThanOrEqual(8);
      expect(texts.includes(value)).toBe(false);
    }
  });
}

/** Returns the value of a secret, or the password in the JSON that RDS stores. */
function secretsIn(value: string): string[] {
  if (!value.startsWith("{")) return [value];
  const { password } = JSON.parse(value) as { password?: string };
  return password === undefined ? [] : [password];
}
