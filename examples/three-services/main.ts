import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformOutput, TerraformStack } from "cdktf";
import {
  AlarmTopic,
  AlbWebsocket,
  Cache,
  Database,
  FargateService,
  Network,
  OneOffTask,
  ScheduledTask,
  type Sidecars,
} from "cdktf-aws-websocket";

const name = "chat-prod";
const registry = "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com";

const app = new App();
const stack = new TerraformStack(app, "three-services");
new AwsProvider(stack, "aws", { region: "ap-northeast-1", defaultTags: [{ tags: { Application: "chat" } }] });
new LocalBackend(stack, { path: "terraform.tfstate" });

const network = new Network(stack, "network", { name, availabilityZones: ["ap-northeast-1a", "ap-northeast-1c"] });
const database = new Database(stack, "database", { name, network, databaseName: "chat" });
const cache = new Cache(stack, "cache", { name, network });
const { topicArn: alarmTopicArn } = new AlarmTopic(stack, "alarm-topic", {
  name,
  subscriptions: { oncall: { protocol: "email", endpoint: "oncall@example.com" } },
});
const alb = new AlbWebsocket(stack, "alb", {
  name,
  network,
  certificateArn: "arn:aws:acm:ap-northeast-1:123456789012:certificate/5f9c2a1e-7b64-4c0d-9d3e-1a2b3c4d5e6f",
});

/** Every container sends its traces and metrics to the collector on localhost. */
const sidecars: Sidecars = {
  otel: {
    image: `${registry}/otel-collector:0.116.0`,
    command: ["--config=/etc/otel/config.yaml"],
    user: "10001:10001",
    memoryMiB: 128,
  },
};
const environment = {
  DATABASE_URL: database.connectionUrl("chat_app"),
  OTEL_EXPORTER_OTLP_ENDPOINT: "http://localhost:4317",
};
const databaseAccess = [database.iamConnectStatement("chat_app")];

const sockets = new FargateService(stack, "sockets", {
  name: `${name}-sockets`,
  network,
  image: `${registry}/chat:1.0.0`,
  containerPort: 3000,
  drainSec: 60,
  desiredCount: 4,
  environment: { ...environment, REDIS_URL: cache.connectionUrl() },
  sidecars,
  loadBalancer: alb.addService("sockets", { containerPort: 3000, keepAliveTimeoutSec: 75 }),
  connections: { database, cache },
  fanOut: { adapter: "redis", supportedAdapters: cache.supportedAdapters },
});
sockets.addTaskPolicy("database", databaseAccess);
sockets.addTaskPolicy("cache", [cache.iamConnectStatement()]);
const cluster = { arn: sockets.clusterArn, name: sockets.clusterName };

// Answers requests: two tasks by default, and no adapter.
const rest = new FargateService(stack, "rest", {
  kind: "http",
  name: `${name}-rest`,
  network,
  cluster,
  image: `${registry}/chat-rest:1.0.0`,
  containerPort: 4000,
  environment,
  sidecars,
  loadBalancer: alb.addService("rest", { containerPort: 4000, keepAliveTimeoutSec: 75, paths: ["/v1/*"] }),
  connections: { database },
});
rest.addTaskPolicy("database", databaseAccess);

// Fetches its work itself: no port, no load balancer.
const worker = new FargateService(stack, "worker", {
  kind: "worker",
  name: `${name}-worker`,
  network,
  cluster,
  image: `${registry}/chat:1.0.0`,
  command: ["node", "worker.js"],
  drainSec: 110,
  environment,
  sidecars,
  connections: { database },
  autoscaling: { minCount: 2, maxCount: 8 },
});
worker.addTaskPolicy("database", databaseAccess);

const nightly = new ScheduledTask(stack, "nightly", {
  name: `${name}-nightly`,
  network,
  cluster,
  image: `${registry}/chat:1.0.0`,
  command: ["node", "nightly.js"],
  environment,
  sidecars,
  connections: { database },
  schedule: "cron(0 3 * * ? *)",
  timezone: "Asia/Tokyo",
  alarmTopicArn,
});
nightly.addTaskPolicy("database", databaseAccess);

const backfill = new OneOffTask(stack, "backfill", {
  name: `${name}-backfill`,
  network,
  cluster,
  image: `${registry}/chat:1.0.0`,
  command: ["node", "backfill.js"],
  environment: { DATABASE_URL: environment.DATABASE_URL },
  connections: { database },
});
backfill.addTaskPolicy("database", databaseAccess);
new TerraformOutput(stack, "backfill-command", { value: backfill.runCommand });
app.synth();
