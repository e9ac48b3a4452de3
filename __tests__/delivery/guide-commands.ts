import { DescribeScalingPoliciesCommand } from "@aws-sdk/client-application-auto-scaling";
import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { DescribeLogGroupsCommand, DescribeMetricFiltersCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeSecurityGroupRulesCommand } from "@aws-sdk/client-ec2";
import { DescribeRepositoriesCommand } from "@aws-sdk/client-ecr";
import {
  type ContainerDefinition,
  DescribeClustersCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  type Service,
  type TaskDefinition,
} from "@aws-sdk/client-ecs";
import {
  DescribeLoadBalancersCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { DescribeDBInstancesCommand } from "@aws-sdk/client-rds";
import { DescribeSecretCommand } from "@aws-sdk/client-secrets-manager";
import { GetWebACLForResourceCommand } from "@aws-sdk/client-wafv2";
import { type Clients } from "../helpers/aws-clients";

/** A command of the deployment guide, or a setting that it writes, and what an account has when it was carried out. */
export interface GuideCommand {
  /** As docs/guide-map.md writes it. */
  readonly command: string;
  /** Reads what the command makes. */
  readonly read: (aws: Clients, stack: string) => Promise<unknown>;
  /** At least these values. */
  readonly expected: object;
}

async function service({ ecs }: Clients, stack: string): Promise<Service> {
  const { services = [] } = await ecs.send(new DescribeServicesCommand({ cluster: stack, services: [stack] }));
  return services[0]!;
}

async function taskDefinition(aws: Clients, stack: string): Promise<TaskDefinition> {
  const { taskDefinition: name } = await service(aws, stack);
  return (await aws.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: name }))).taskDefinition!;
}

async function app(aws: Clients, stack: string): Promise<ContainerDefinition> {
  return (await taskDefinition(aws, stack)).containerDefinitions!.find(({ name }) => name === "app")!;
}

async function variable(aws: Clients, stack: string, wanted: string): Promise<string> {
  const { environment = [] } = await app(aws, stack);
  return environment.find(({ name }) => name === wanted)?.value ?? "";
}

async function targetGroup({ elb }: Clients) {
  return (await elb.send(new DescribeTargetGroupsCommand({}))).TargetGroups![0]!;
}

async function attributes(aws: Clients): Promise<Record<string, string | undefined>> {
  const { TargetGroupArn } = await targetGroup(aws);
  const { Attributes = [] } = await aws.elb.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn }));
  return Object.fromEntries(Attributes.map(({ Key = "", Value }) => [Key, Value]));
}

/** Ports of a security group that another one may reach. */
async function portsFrom({ ec2 }: Clients, group: string | undefined, source: string | undefined): Promise<unknown[]> {
  const Filters = [{ Name: "group-id", Values: [group ?? ""] }];
  const { SecurityGroupRules = [] } = await ec2.send(new DescribeSecurityGroupRulesCommand({ Filters }));
  return SecurityGroupRules.flatMap(({ IsEgress, ReferencedGroupInfo, IpProtocol, FromPort, ToPort }) =>
    !IsEgress && ReferencedGroupInfo?.GroupId === source ? [{ IpProtocol, FromPort, ToPort }] : [],
  );
}

const tasksGroup = async (aws: Clients, stack: string) =>
  (await service(aws, stack)).networkConfiguration?.awsvpcConfiguration?.securityGroups?.[0];

const loadBalancer = async ({ elb }: Clients) =>
  (await elb.send(new DescribeLoadBalancersCommand({}))).LoadBalancers![0]!;

const STICKY = {
  "stickiness.enabled": "true",
  "stickiness.type": "lb_cookie",
  "stickiness.lb_cookie.duration_seconds": "86400",
};
const logGroupName = (stack: string) => `/ecs/${stack}`;

const IMAGE: readonly GuideCommand[] = [
  {
    command: "aws ecr create-repository",
    read: async ({ ecr }) => (await ecr.send(new DescribeRepositoriesCommand({}))).repositories![0],
    expected: { repositoryName: "messenger-crm", imageTagMutability: "IMMUTABLE" },
  },
  {
    command: "docker push",
    read: app,
    expected: { image: expect.stringMatching(/\/messenger-crm@sha256:[0-9a-f]{64}$/) as string },
  },
];

const SERVICE: readonly GuideCommand[] = [
  {
    command: "aws secretsmanager create-secret",
    read: async (aws, stack) => {
      const { secrets = [] } = await app(aws, stack);
      const SecretId = secrets.find(({ name }) => name === "NEXTAUTH_SECRET")?.valueFrom;
      const { Name } = await aws.secrets.send(new DescribeSecretCommand({ SecretId }));
      return { Name, url: await variable(aws, stack, "DATABASE_URL") };
    },
    expected: {
      Name: expect.stringContaining("nextauth-secret") as string,
      // No password: the application signs in with IAM.
      url: expect.stringMatching(/^postgresql:\/\/[^:@]+@[^@]+:5432\//) as string,
    },
  },
  {
    command: "aws ecs create-cluster",
    read: async ({ ecs }, stack) => (await ecs.send(new DescribeClustersCommand({ clusters: [stack] }))).clusters![0],
    expected: { status: "ACTIVE", capacityProviders: expect.arrayContaining(["FARGATE", "FARGATE_SPOT"]) as string[] },
  },
  {
    command: "aws ecs register-task-definition",
    read: taskDefinition,
    expected: { networkMode: "awsvpc", requiresCompatibilities: ["FARGATE"], cpu: "256", memory: "512" },
  },
  {
    command: "aws ecs create-service",
    read: service,
    expected: {
      desiredCount: 2,
      runningCount: 2,
      loadBalancers: [{ containerName: "app", containerPort: 3000 }],
      networkConfiguration: { awsvpcConfiguration: { assignPublicIp: "ENABLED" } },
    },
  },
  {
    command: '"logDriver": "awslogs"',
    read: app,
    expected: { logConfiguration: { logDriver: "awslogs", options: { "awslogs-region": "ap-northeast-1" } } },
  },
];

const TRAFFIC: readonly GuideCommand[] = [
  { command: "aws elbv2 modify-target-group-attributes", read: attributes, expected: STICKY },
  { command: "aws elbv2 describe-target-group-attributes", read: attributes, expected: STICKY },
  {
    command: "Path: /api/health",
    read: targetGroup,
    expected: {
      HealthCheckProtocol: "HTTP",
      HealthCheckPath: "/api/health",
      HealthyThresholdCount: 2,
      UnhealthyThresholdCount: 3,
      HealthCheckTimeoutSeconds: 5,
      HealthCheckIntervalSeconds: 30,
    },
  },
  {
    command: "aws ec2 describe-security-groups",
    read: async (aws, stack) => {
      const { SecurityGroups = [] } = await loadBalancer(aws);
      return portsFrom(aws, await tasksGroup(aws, stack), SecurityGroups[0]);
    },
    expected: [{ IpProtocol: "tcp", FromPort: 3000, ToPort: 3000 }],
  },
  {
    command: "aws ec2 authorize-security-group-ingress",
    read: async (aws, stack) => {
      const { DBInstances = [] } = await aws.rds.send(new DescribeDBInstancesCommand({}));
      const group = DBInstances[0]?.VpcSecurityGroups?.[0]?.VpcSecurityGroupId;
      return portsFrom(aws, group, await tasksGroup(aws, stack));
    },
    expected: [{ IpProtocol: "tcp", FromPort: 5432, ToPort: 5432 }],
  },
  {
    command: "aws wafv2 associate-web-acl",
    read: async (aws) => {
      const { LoadBalancerArn } = await loadBalancer(aws);
      return (await aws.waf.send(new GetWebACLForResourceCommand({ ResourceArn: LoadBalancerArn }))).WebACL;
    },
    expected: { Name: expect.any(String) as string },
  },
];

const OPERATIONS: readonly GuideCommand[] = [
  {
    command: "aws logs create-log-group",
    read: async ({ logs }, stack) =>
      (await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName(stack) }))).logGroups![0],
    expected: { retentionInDays: 30 },
  },
  {
    command: "aws logs put-metric-filter",
    read: async ({ logs }, stack) =>
      (await logs.send(new DescribeMetricFiltersCommand({ logGroupName: logGroupName(stack) }))).metricFilters![0],
    expected: {
      filterName: "WebSocketConnections",
      filterPattern: '"[WebSocket] Client connected"',
      metricTransformations: [{ metricName: "WebSocketConnections", metricValue: "1" }],
    },
  },
  {
    command: "aws cloudwatch put-metric-alarm",
    read: async ({ cloudwatch }, stack) =>
      (await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [`${stack}-high-cpu`] }))).MetricAlarms![0],
    expected: {
      Namespace: "AWS/ECS",
      MetricName: "CPUUtilization",
      ComparisonOperator: "GreaterThanThreshold",
      Threshold: 80,
      Dimensions: expect.arrayContaining([expect.objectContaining({ Name: "ServiceName" })]) as object[],
      AlarmActions: [expect.stringContaining(":sns:")],
    },
  },
  {
    command: '"targetTrackingScaling"',
    read: async ({ autoscaling }) => {
      const query = new DescribeScalingPoliciesCommand({ ServiceNamespace: "ecs" });
      const { ScalingPolicies = [] } = await autoscaling.send(query);
      return ScalingPolicies.find(({ PolicyName = "" }) => PolicyName.endsWith("-cpu"))
        ?.TargetTrackingScalingPolicyConfiguration;
    },
    expected: {
      TargetValue: 70,
      PredefinedMetricSpecification: { PredefinedMetricType: "ECSServiceAverageCPUUtilization" },
      ScaleOutCooldown: 60,
      ScaleInCooldown: 300,
    },
  },
];

/** What an applied environment has in place of the guide's commands. Those that only look are here with what they would show. */
export const GUIDE_COMMANDS: readonly GuideCommand[] = [...IMAGE, ...SERVICE, ...TRAFFIC, ...OPERATIONS];
