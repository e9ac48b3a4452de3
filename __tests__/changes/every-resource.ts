import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformVariable, type TerraformStack } from "cdktf";
import { Construct } from "constructs";
import {
  AlarmTopic,
  AlbWebsocket,
  AppRunnerService,
  Cache,
  Cdn,
  Database,
  DnsCertificate,
  Ec2Service,
  EncryptionKey,
  FargateService,
  LogBucket,
  Monitoring,
  Network,
  OneOffTask,
  Registry,
  RollbackAlarms,
  ScheduledTask,
  Secrets,
  Waf,
} from "../../modules";
import { synthesize } from "../helpers/synth";
import { type Template } from "../helpers/template";

const name = "crm";
const accountId = "123456789012";
const region = "ap-northeast-1";
const availabilityZones = ["ap-northeast-1a", "ap-northeast-1c"];
const CERTIFICATES = {
  regional: `arn:aws:acm:${region}:${accountId}:certificate/5f9c2a1e-7b64-4c0d-9d3e-1a2b3c4d5e6f`,
  other: `arn:aws:acm:${region}:${accountId}:certificate/0a1b2c3d-4e5f-6789-abcd-ef0123456789`,
  edge: `arn:aws:acm:us-east-1:${accountId}:certificate/5f9c2a1e-7b64-4c0d-9d3e-1a2b3c4d5e6f`,
};

/** Synthesizes constructs with the props that create every type of resource; the first id below the stack is the module's folder. */
export function everyResource(): Template {
  return synthesize((stack) => {
    const edge = new AwsProvider(stack, "edge", { region: "us-east-1", alias: "edge" });
    const network = networks(new Construct(stack, "network"));
    const alb = loadBalancers(new Construct(stack, "alb-websocket"), network);
    const data = dataStores(stack, network);
    service(new Construct(stack, "fargate-service"), network, alb, data);
    tasks(stack, network, data);
    instances(new Construct(stack, "ec2-service"), network, alb, data);
    appRunner(new Construct(stack, "app-runner-service"), network, data);
    edgeOf(stack, alb.loadBalancer, edge);
    supporting(stack);
    monitoring(new Construct(stack, "monitoring"), alb, data);
  });
}

function networks(scope: Construct): Network {
  new Network(scope, "instances", { name: "crm-two", availabilityZones, egress: "nat-instance-per-zone" });
  return new Network(scope, "gateways", {
    name,
    availabilityZones,
    egress: "nat-gateway-per-zone",
    ipv6: true,
    interfaceEndpoints: ["logs"],
  });
}

function loadBalancers(scope: Construct, network: Network) {
  const loadBalancer = new AlbWebsocket(scope, "alb", {
    name,
    network,
    certificateArn: CERTIFICATES.regional,
    additionalCertificateArns: { other: CERTIFICATES.other },
  });
  const target = loadBalancer.addService("web", { containerPort: 3000, keepAliveTimeoutSec: 75 });
  loadBalancer.addService("api", { containerPort: 3000, keepAliveTimeoutSec: 75, paths: ["/api/*"] });
  return { loadBalancer, target };
}

function dataStores(stack: TerraformStack, network: Network) {
  const databases = new Construct(stack, "database");
  const proxy = {
    userName: "crm_app",
    secretArn: `arn:aws:secretsmanager:${region}:${accountId}:secret:crm/app-AbCdEf`,
  };
  const allowedSecurityGroups = { job: "sg-0123456789abcdef0" };
  const rds = new Database(databases, "rds", { name, network, readReplicaCount: 1, proxy, allowedSecurityGroups });
  new Database(databases, "aurora", { name: "crm-two", network, engine: "aurora-postgresql", proxy });
  const caches = new Construct(stack, "cache");
  const cache = new Cache(caches, "nodes", { name, network, engine: "redis", allowedSecurityGroups });
  new Cache(caches, "serverless", { name: "crm-two", network, kind: "serverless" });
  return { rds, cache };
}

function service(
  scope: Construct,
  network: Network,
  { target }: ReturnType<typeof loadBalancers>,
  { rds, cache }: ReturnType<typeof dataStores>,
): void {
  const made = new FargateService(scope, "service", {
    name,
    network,
    image: `${accountId}.dkr.ecr.${region}.amazonaws.com/crm:1.0.0`,
    containerPort: 3000,
    drainSec: 60,
    fanOut: { adapter: "redis" },
    migration: {
      command: ["migrate"],
      secrets: { DATABASE_PASSWORD: { arn: rds.masterUserSecretArn, jsonKey: "password" } },
    },
    loadBalancer: target,
    connections: { database: rds, cache },
    autoscaling: {
      minCount: 2,
      maxCount: 4,
      schedules: { morning: { schedule: "cron(0 8 * * ? *)", timezone: "Asia/Tokyo", minCount: 3, maxCount: 4 } },
    },
  });
  made.addTaskPolicy("cache", [cache.iamConnectStatement()]);
}

function tasks(stack: TerraformStack, network: Network, { rds }: ReturnType<typeof dataStores>): void {
  const props = {
    network,
    image: `${accountId}.dkr.ecr.${region}.amazonaws.com/crm:1.0.0`,
    connections: { database: rds },
  };
  new ScheduledTask(new Construct(stack, "scheduled-task"), "nightly", {
    ...props,
    name: "crm-nightly",
    schedule: "rate(1 hour)",
    alarmTopicArn: `arn:aws:sns:${region}:${accountId}:oncall`,
  });
  new OneOffTask(new Construct(stack, "one-off-task"), "backfill", { ...props, name: "crm-backfill" });
}

function instances(
  scope: Construct,
  network: Network,
  { loadBalancer }: ReturnType<typeof loadBalancers>,
  { rds, cache }: ReturnType<typeof dataStores>,
): void {
  const entrance = { containerPort: 8080, targetType: "instance", keepAliveTimeoutSec: 75, paths: ["/two/*"] } as const;
  const made = new Ec2Service(scope, "service", {
    name: "crm-two",
    network,
    image: `${accountId}.dkr.ecr.${region}.amazonaws.com/crm:1.0.0`,
    amiId: "ami-0123456789abcdef0",
    drainSec: 60,
    loadBalancer: loadBalancer.addService("two", entrance),
    connections: { database: rds, cache },
    fanOut: { adapter: "redis" },
    autoscaling: { minCount: 2, maxCount: 4 },
    refreshTopicArn: `arn:aws:sns:${region}:${accountId}:oncall`,
    metricsNamespace: "CRM/Instances",
  });
  made.addInstancePolicy("cache", [cache.iamConnectStatement()]);
}

function appRunner(scope: Construct, network: Network, { rds }: ReturnType<typeof dataStores>): void {
  const made = new AppRunnerService(scope, "service", {
    name: "crm-three",
    network,
    image: `${accountId}.dkr.ecr.${region}.amazonaws.com/crm:1.0.0`,
    containerPort: 3000,
    connections: { database: rds },
    secrets: { DATABASE_PASSWORD: { arn: rds.masterUserSecretArn, jsonKey: "password" } },
    customDomain: { domainName: "three.example.com" },
    tracing: true,
  });
  made.addInstancePolicy("database", [rds.iamConnectStatement("crm_app")]);
}

function edgeOf(stack: TerraformStack, origin: AlbWebsocket, edge: AwsProvider): void {
  const variable = new TerraformVariable(stack, "secret", { type: "string", sensitive: true });
  const secretHeader = { name: "x-origin-verify", value: variable.stringValue };
  const cdn = new Construct(stack, "cdn");
  const props = { origin, certificateArn: CERTIFICATES.edge, provider: edge };
  new Cdn(cdn, "header", {
    ...props,
    name: "crm-two",
    domainNames: ["two.example.com"],
    originAccess: "secret-header",
    secretHeader,
  });
  const logs = { accessLogs: { bucketName: "crm-logs" } };
  const site = new Cdn(cdn, "vpc-origin", { ...props, ...logs, name, domainNames: ["crm.example.com"] });
  const dns = new DnsCertificate(new Construct(stack, "dns-certificate"), "dns", {
    domainName: "crm.example.com",
    zoneName: "crm.example.com",
    cloudfrontProvider: edge,
  });
  dns.addAlias("site", { target: site });
  new Waf(new Construct(stack, "waf"), "waf", {
    name,
    deniedIps: ["203.0.113.0/24"],
    associateWith: { alb: origin.loadBalancerArn },
  });
}

function supporting(stack: TerraformStack): void {
  new EncryptionKey(new Construct(stack, "encryption-key"), "key", { name, accountId, region });
  new LogBucket(new Construct(stack, "log-bucket"), "logs", { name, accountId, writers: ["load-balancer"] });
  new Registry(new Construct(stack, "registry"), "images", { repositoryName: name, pullAccountIds: ["210987654321"] });
  new Secrets(new Construct(stack, "secrets"), "secrets", {
    name,
    generated: { session: { description: "Signs sessions" } },
  });
}

function monitoring(
  scope: Construct,
  { loadBalancer, target }: ReturnType<typeof loadBalancers>,
  { rds, cache }: ReturnType<typeof dataStores>,
): void {
  const { topicArn: alarmTopicArn } = new AlarmTopic(scope, "topic", {
    name,
    subscriptions: { oncall: { protocol: "email", endpoint: "oncall@example.com" } },
  });
  const balancer = {
    loadBalancerArnSuffix: loadBalancer.loadBalancerArnSuffix,
    targets: { web: target.targetGroupArnSuffix },
  };
  new RollbackAlarms(scope, "rollback", { name, loadBalancer: balancer, alarmTopicArn });
  new Monitoring(scope, "monitoring", {
    name: "crm-all",
    alarmTopicArn,
    loadBalancer: balancer,
    service: { clusterName: name, serviceName: name, logGroupName: "/ecs/crm" },
    database: rds,
    cache: { kind: "nodes", nodeIds: cache.nodeIds },
    logMetrics: { Errors: { namespace: "CRM", text: "error" } },
  });
}
