import { type Script } from "../deploy/scripted-aws";
import { digestOf, REPOSITORY, revisionArn } from "../deploy/fixtures";
import { CERTIFICATE, secretArn } from "./stack";
import { type Xml, xml } from "./xml";

export const NOW = Date.parse("2026-11-30T06:00:00Z");
const DAY_SEC = 86_400;
export const nowSec = NOW / 1000;

const GROUP = "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:targetgroup/crm-dev-app/1a2b";
const BALANCER = "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:loadbalancer/app/crm-dev-alb/3c4d";
export const BALANCER_NAME = "crm-dev-alb-1.ap-northeast-1.elb.amazonaws.com";
export const DATABASE = "crm-dev.cluster.ap-northeast-1.rds.amazonaws.com";
export const CACHE = "master.crm-dev-cache.apne1.cache.amazonaws.com";
export const IMAGE = `${REPOSITORY}@${digestOf("1")}`;

type Fields = Readonly<Record<string, unknown>>;

export function service(fields: Fields = {}): Fields {
  const deployment = {
    id: "ecs-svc/2",
    status: "PRIMARY",
    taskDefinition: revisionArn(2),
    rolloutState: "COMPLETED",
    desiredCount: 2,
    runningCount: 2,
    createdAt: nowSec - DAY_SEC,
  };
  return {
    services: [
      {
        serviceName: "crm-dev",
        status: "ACTIVE",
        desiredCount: 2,
        runningCount: 2,
        taskDefinition: revisionArn(2),
        deployments: [deployment],
        events: [],
        loadBalancers: [{ targetGroupArn: GROUP, containerName: "app", containerPort: 3000 }],
        networkConfiguration: {
          awsvpcConfiguration: { subnets: ["subnet-task"], securityGroups: ["sg-task"], assignPublicIp: "DISABLED" },
        },
        deploymentConfiguration: {
          maximumPercent: 200,
          minimumHealthyPercent: 100,
          deploymentCircuitBreaker: { enable: true, rollback: true },
        },
        ...fields,
      },
    ],
  };
}

export function taskDefinition(environment: Readonly<Record<string, string>> = {}, logGroup = "/ecs/crm-dev"): Fields {
  const variables = {
    NEXTAUTH_URL: "https://crm.example.com",
    ALLOWED_ORIGINS: "https://crm.example.com",
    NEXT_PUBLIC_SOCKET_URL: "wss://crm.example.com",
    DATABASE_URL: `postgresql://messenger_app@${DATABASE}:5432/messenger_crm`,
    REDIS_URL: `rediss://app@${CACHE}:6379`,
    SOCKET_ADAPTER: "redis",
    SERVICE_NAME: "crm-dev",
    ...environment,
  };
  return {
    taskDefinition: {
      revision: 2,
      cpu: "256",
      executionRoleArn: "arn:aws:iam::123456789012:role/crm-dev-execution",
      containerDefinitions: [
        {
          name: "app",
          image: IMAGE,
          portMappings: [{ containerPort: 3000 }],
          environment: Object.entries(variables).map(([name, value]) => ({ name, value })),
          secrets: [
            { name: "NEXTAUTH_SECRET", valueFrom: secretArn("nextauth") },
            { name: "OIDC_CLIENT_SECRET", valueFrom: secretArn("oidc") },
          ],
          logConfiguration: { options: { "awslogs-group": logGroup } },
        },
      ],
    },
  };
}

const attributes = (values: Readonly<Record<string, string>>) =>
  xml({ Attributes: { member: Object.entries(values).map(([Key, Value]) => ({ Key, Value })) } });

export const targetGroupAttributes = (stickiness: string) =>
  attributes({ "stickiness.enabled": stickiness, "stickiness.type": "lb_cookie" });

export const balancerAttributes = (idleSec: number) => attributes({ "idle_timeout.timeout_seconds": String(idleSec) });

export function listeners(certificates: readonly string[]): string {
  const Certificates = { member: certificates.map((CertificateArn) => ({ CertificateArn })) };
  return xml({ Listeners: { member: [{ Port: 443, Protocol: "HTTPS", Certificates }] } });
}

export function targetGroups(balancers: readonly string[] = [BALANCER]): string {
  const group = {
    TargetGroupArn: GROUP,
    TargetGroupName: "crm-dev-app",
    LoadBalancerArns: { member: balancers },
    HealthCheckProtocol: "HTTP",
    HealthCheckPath: "/api/health",
  };
  return xml({ TargetGroups: { member: [group] } });
}

export function targetHealth(states: readonly (readonly [state: string, reason?: string])[]): string {
  const member = states.map(([State, Reason], index) => ({
    Target: { Id: `10.0.0.${index + 1}`, Port: 3000 },
    TargetHealth: { State, Reason, Description: Reason === undefined ? "" : "AWS's own words" },
  }));
  return xml({ TargetHealthDescriptions: { member } });
}

export interface RuleFields {
  readonly protocol?: string;
  readonly ports?: readonly [number, number];
  readonly groups?: readonly string[];
  readonly blocks?: readonly string[];
  readonly prefixLists?: readonly string[];
}

/** The groups of load balancer, tasks, database and cache, by id, with their rules. */
export type Groups = Readonly<
  Record<string, { readonly ingress?: readonly RuleFields[]; readonly egress?: readonly RuleFields[] }>
>;

export const GROUPS: Groups = {
  "sg-alb": {
    ingress: [{ ports: [443, 443], blocks: ["0.0.0.0/0"] }],
    egress: [{ ports: [3000, 3000], groups: ["sg-task"] }],
  },
  "sg-task": {
    ingress: [{ ports: [3000, 3000], groups: ["sg-alb"] }],
    egress: [
      { ports: [443, 443], blocks: ["0.0.0.0/0"] },
      { ports: [5432, 5432], groups: ["sg-db"] },
      { ports: [6379, 6379], groups: ["sg-cache"] },
    ],
  },
  "sg-db": { ingress: [{ ports: [5432, 5432], groups: ["sg-task"] }] },
  "sg-cache": { ingress: [{ ports: [6379, 6379], groups: ["sg-task"] }] },
};

const permission = ({ protocol = "tcp", ports, groups = [], blocks = [], prefixLists = [] }: RuleFields): Xml => ({
  ipProtocol: protocol,
  ...(ports === undefined ? {} : { fromPort: ports[0], toPort: ports[1] }),
  groups: { item: groups.map((groupId) => ({ groupId })) },
  ipRanges: { item: blocks.map((cidrIp) => ({ cidrIp })) },
  prefixListIds: { item: prefixLists.map((prefixListId) => ({ prefixListId })) },
});

const asked = (input: Fields, name: string) =>
  Object.entries(input).flatMap(([key, value]) => (new RegExp(`^${name}\\.\\d+$`).test(key) ? [String(value)] : []));

export function securityGroups(groups: Groups): Script[string] {
  return (input) =>
    xml({
      securityGroupInfo: {
        item: asked(input, "GroupId").map((groupId) => ({
          groupId,
          groupName: groupId.replace("sg-", "crm-dev-"),
          ipPermissions: { item: (groups[groupId]?.ingress ?? []).map(permission) },
          ipPermissionsEgress: { item: (groups[groupId]?.egress ?? []).map(permission) },
        })),
      },
    });
}

const BLOCKS: Readonly<Record<string, string>> = {
  "subnet-public": "10.0.0.0/24",
  "subnet-task": "10.0.1.0/24",
  "subnet-data": "10.0.2.0/24",
};

const subnets: Script[string] = (input) =>
  xml({
    subnetSet: {
      item: asked(input, "SubnetId").map((subnetId) => ({
        subnetId,
        vpcId: "vpc-1",
        cidrBlock: BLOCKS[subnetId] ?? "",
      })),
    },
  });

/** @param route the internet route of the tasks' subnet; `undefined` for none */
export function routeTables(route: Readonly<Record<string, string>> | undefined): string {
  const internet = route === undefined ? [] : [{ destinationCidrBlock: "0.0.0.0/0", ...route }];
  const table = {
    routeTableId: "rtb-1",
    routeSet: { item: [{ destinationCidrBlock: "10.0.0.0/16", gatewayId: "local", state: "active" }, ...internet] },
    associationSet: { item: [{ subnetId: "subnet-task", main: false }] },
  };
  return xml({ routeTableSet: { item: [table] } });
}

export const vpcEndpoints = (names: readonly string[]) =>
  xml({
    vpcEndpointSet: {
      item: names.map((name) => ({ serviceName: `com.amazonaws.ap-northeast-1.${name}`, state: "available" })),
    },
  });

export function database(status = "available", address = DATABASE): string {
  const instance = {
    DBInstanceIdentifier: "crm-dev-db",
    DBInstanceStatus: status,
    Endpoint: { Address: address, Port: 5432 },
    VpcSecurityGroups: { VpcSecurityGroupMembership: [{ VpcSecurityGroupId: "sg-db" }] },
    DBSubnetGroup: { Subnets: { Subnet: [{ SubnetIdentifier: "subnet-data" }] } },
  };
  return xml({ DBInstances: { DBInstance: [instance] } });
}

export function replicationGroup(
  fields: { status?: string; tls?: boolean; cluster?: boolean; host?: string } = {},
): string {
  const { status = "available", tls = true, cluster = false, host = CACHE } = fields;
  const group = {
    ReplicationGroupId: "crm-dev-cache",
    Status: status,
    TransitEncryptionEnabled: tls,
    ClusterEnabled: cluster,
    MemberClusters: { ClusterId: ["crm-dev-cache-001"] },
    NodeGroups: { NodeGroup: [{ PrimaryEndpoint: { Address: host, Port: 6379 } }] },
  };
  return xml({ ReplicationGroups: { ReplicationGroup: [group] } });
}

const cacheCluster = xml({
  CacheClusters: {
    CacheCluster: [
      { SecurityGroups: { member: [{ SecurityGroupId: "sg-cache" }] }, CacheSubnetGroupName: "crm-dev-cache" },
    ],
  },
});
const cacheSubnets = xml({
  CacheSubnetGroups: { CacheSubnetGroup: [{ Subnets: { Subnet: [{ SubnetIdentifier: "subnet-data" }] } }] },
});

export function certificate(fields: Fields = {}): Fields {
  return {
    Certificate: {
      Status: "ISSUED",
      Type: "AMAZON_ISSUED",
      DomainName: "crm.example.com",
      SubjectAlternativeNames: ["crm.example.com"],
      NotAfter: nowSec + 200 * DAY_SEC,
      ...fields,
    },
  };
}

export const secret = (fields: Fields = {}): Fields => ({ VersionIdsToStages: { one: ["AWSCURRENT"] }, ...fields });

export function alarm(name: string, fields: Fields = {}): Fields {
  return {
    AlarmName: name,
    StateValue: "OK",
    StateReason: "within the threshold",
    StateUpdatedTimestamp: nowSec - 30 * DAY_SEC,
    ActionsEnabled: true,
    AlarmActions: ["arn:aws:sns:ap-northeast-1:123456789012:crm-dev-alarms"],
    ...fields,
  };
}

export const alarms = (...all: readonly Fields[]): Fields => ({ MetricAlarms: all, CompositeAlarms: [] });

export const subscriptions = (...all: readonly (readonly [endpoint: string, arn: string])[]) =>
  xml({ Subscriptions: { member: all.map(([Endpoint, SubscriptionArn]) => ({ Endpoint, SubscriptionArn })) } });

const filter = { filterName: "WebSocketConnections", filterPattern: '"[WebSocket] Client connected"' };

/** What AWS answers about an environment in which nothing is wrong. */
export const HEALTHY: Script = {
  DescribeServices: service(),
  DescribeTaskDefinition: taskDefinition(),
  ListTasks: { taskArns: [] },
  ListTaskDefinitions: { taskDefinitionArns: [revisionArn(2), revisionArn(1)] },
  GetParameter: { Parameter: { Value: `0.1.0@${digestOf("1")}` } },
  DescribeTargetGroups: targetGroups(),
  DescribeTargetGroupAttributes: targetGroupAttributes("true"),
  DescribeTargetHealth: targetHealth([["healthy"], ["healthy"]]),
  DescribeLoadBalancers: xml({
    LoadBalancers: {
      member: [
        {
          LoadBalancerArn: BALANCER,
          LoadBalancerName: "crm-dev-alb",
          DNSName: BALANCER_NAME,
          State: { Code: "active" },
          SecurityGroups: { member: ["sg-alb"] },
          AvailabilityZones: { member: [{ SubnetId: "subnet-public" }] },
        },
      ],
    },
  }),
  DescribeLoadBalancerAttributes: balancerAttributes(60),
  DescribeListeners: listeners([CERTIFICATE]),
  DescribeListenerCertificates: xml({ Certificates: { member: [{ CertificateArn: CERTIFICATE, IsDefault: true }] } }),
  DescribeSecurityGroups: securityGroups(GROUPS),
  DescribeSubnets: subnets,
  DescribeRouteTables: routeTables({ natGatewayId: "nat-1", state: "active" }),
  DescribeVpcEndpoints: vpcEndpoints(["s3"]),
  DescribeDBInstances: database(),
  DescribeDBClusters: "",
  DescribeDBProxies: "",
  DescribeReplicationGroups: replicationGroup(),
  DescribeServerlessCaches: "",
  DescribeCacheClusters: cacheCluster,
  DescribeCacheSubnetGroups: cacheSubnets,
  DescribeCertificate: certificate(),
  DescribeSecret: secret(),
  DescribeLogGroups: { logGroups: [{ logGroupName: "/ecs/crm-dev" }] },
  DescribeMetricFilters: { metricFilters: [filter] },
  // As CloudWatch matches a quoted pattern.
  TestMetricFilter: ({ filterPattern, logEventMessages }) => ({
    matches: (logEventMessages as readonly string[])
      .filter((line) => line.includes(String(filterPattern).replaceAll('"', "")))
      .map((eventMessage) => ({ eventMessage })),
  }),
  DescribeAlarms: alarms(alarm("crm-dev-high-cpu"), alarm("crm-dev-no-target")),
  GetMetricStatistics: { Datapoints: [{ Timestamp: nowSec - 60, Minimum: 1 }] },
  ListSubscriptionsByTopic: subscriptions(["oncall@example.com", "arn:aws:sns:ap-northeast-1:1:crm-dev-alarms:5e6f"]),
  DescribeScalableTargets: { ScalableTargets: [{ MaxCapacity: 10 }] },
  GetServiceQuota: { Quota: { Value: 140 } },
};

/** Addresses behind names, as a name server knows them. */
export const ADDRESSES: Readonly<Record<string, readonly string[]>> = {
  "crm.example.com": ["203.0.113.10", "203.0.113.11"],
  [BALANCER_NAME]: ["203.0.113.11", "203.0.113.12"],
};
