import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import {
  AlarmTopic,
  AlbWebsocket,
  Cache,
  Database,
  EncryptionKey,
  FargateService,
  LogBucket,
  Monitoring,
  Network,
  RollbackAlarms,
  Secrets,
  Waf,
} from "cdktf-aws-websocket";

const name = "chat-prod";
const accountId = "123456789012";
const region = "ap-northeast-1";
const logRetentionDays = 365;

const app = new App();
const stack = new TerraformStack(app, "complete");
stack.addOverride("terraform.required_version", ">= 1.11.0");
new AwsProvider(stack, "aws", { region, defaultTags: [{ tags: { Application: "chat" } }] });
new LocalBackend(stack, { path: "terraform.tfstate" });

const { keyArn: kmsKeyArn } = new EncryptionKey(stack, "encryption-key", { name, accountId, region });
const network = new Network(stack, "network", {
  name,
  availabilityZones: ["ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d"],
  egress: "nat-gateway-per-zone",
  kmsKeyArn,
  flowLogRetentionDays: logRetentionDays,
});
const database = new Database(stack, "database", {
  name,
  network,
  engine: "aurora-postgresql",
  databaseName: "chat",
  minCapacityAcu: 0.5,
  maxCapacityAcu: 8,
  kmsKeyArn,
  logsKmsKeyArn: kmsKeyArn,
  logRetentionDays,
});
const cache = new Cache(stack, "cache", {
  name,
  network,
  kind: "cluster",
  shards: 2,
  replicas: 1,
  adapter: "sharded-redis",
  authentication: { kind: "iam", userName: name },
  kmsKeyArn,
  logsKmsKeyArn: kmsKeyArn,
  logRetentionDays,
});
const secrets = new Secrets(stack, "secrets", {
  name,
  generated: { "session-key": { description: "Encrypts session cookies" } },
  kmsKeyArn,
});

const logs = new LogBucket(stack, "log-bucket", { name, accountId });
const alb = new AlbWebsocket(stack, "alb", {
  name,
  network,
  certificateArn: "arn:aws:acm:ap-northeast-1:123456789012:certificate/5f9c2a1e-7b64-4c0d-9d3e-1a2b3c4d5e6f",
  accessLogs: { bucketName: logs.bucketName },
});
const waf = new Waf(stack, "waf", { name, associateWith: { alb: alb.loadBalancerArn }, kmsKeyArn, logRetentionDays });

// Two services behind one load balancer: `api` receives its own paths, `web` everything else.
const web = alb.addService("web", { containerPort: 3000, keepAliveTimeoutSec: 75 });
const api = alb.addService("api", { containerPort: 4000, keepAliveTimeoutSec: 75, paths: ["/v1/*"] });
const { topicArn: alarmTopicArn } = new AlarmTopic(stack, "alarm-topic", {
  name,
  subscriptions: { oncall: { protocol: "email", endpoint: "oncall@example.com" } },
  kmsKeyArn,
});
const { loadBalancerArnSuffix } = alb;
const rollback = new RollbackAlarms(stack, "rollback-alarms", {
  name,
  loadBalancer: { loadBalancerArnSuffix, targets: { web: web.targetGroupArnSuffix } },
  alarmTopicArn,
});

const webService = new FargateService(stack, "web", {
  name: `${name}-web`,
  network,
  image: `${accountId}.dkr.ecr.${region}.amazonaws.com/chat:1.0.0`,
  containerPort: 3000,
  drainSec: 60,
  environment: { DATABASE_URL: database.connectionUrl("chat_app"), REDIS_URL: cache.connectionUrl() },
  secrets: { SESSION_KEY: secrets.arn("session-key") },
  secretKmsKeyArns: [kmsKeyArn],
  migration: { command: ["node", "migrate.js"], secrets: { DATABASE_MASTER: database.masterUserSecretArn } },
  loadBalancer: web,
  connections: { database, cache },
  fanOut: { adapter: "sharded-redis", supportedAdapters: cache.supportedAdapters },
  autoscaling: {
    minCount: 3,
    maxCount: 30,
    connectionsPerTask: 5000,
    schedules: {
      "business-hours": { schedule: "cron(0 8 ? * MON-FRI *)", timezone: "Asia/Tokyo", minCount: 6, maxCount: 30 },
      night: { schedule: "cron(0 20 ? * MON-FRI *)", timezone: "Asia/Tokyo", minCount: 3, maxCount: 30 },
    },
  },
  connectionMetric: { namespace: "Chat", metricName: "OpenConnections", dimensions: { Service: name } },
  rollbackAlarmNames: rollback.alarmNames,
  kmsKeyArn,
  logRetentionDays,
});
webService.addTaskPolicy("database", [database.iamConnectStatement("chat_app")]);
webService.addTaskPolicy("cache", [cache.iamConnectStatement()]);

new FargateService(stack, "api", {
  name: `${name}-api`,
  network,
  cluster: { arn: webService.clusterArn, name: webService.clusterName },
  image: `${accountId}.dkr.ecr.${region}.amazonaws.com/chat-api:1.0.0`,
  containerPort: 4000,
  drainSec: 20,
  desiredCount: 1,
  loadBalancer: api,
  kmsKeyArn,
  logRetentionDays,
});

new Monitoring(stack, "monitoring", {
  name,
  alarmTopicArn,
  service: webService,
  loadBalancer: {
    loadBalancerArnSuffix,
    targets: { web: web.targetGroupArnSuffix, api: api.targetGroupArnSuffix },
  },
  database,
  cache: { kind: "nodes", nodeIds: cache.nodeIds },
  waf,
});
app.synth();
