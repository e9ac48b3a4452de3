/** Synthesizes stacks in which every module has every optional IAM, key and bucket policy, so that each of them is judged. */
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import { LocalBackend, App, TerraformStack } from "cdktf";
import {
  AlarmTopic,
  AlbWebsocket,
  Cache,
  Database,
  Ec2Service,
  EncryptionKey,
  FargateService,
  LogBucket,
  Network,
  OneOffTask,
  Registry,
  ScheduledTask,
  Secrets,
} from "../../modules";
import { addAwsProvider } from "../../stacks/aws-provider";

const name = "every-policy";
const accountId = "123456789012";
const region = "ap-northeast-1";
const app = new App({ stackTraces: false });
const stack = new TerraformStack(app, name);
addAwsProvider(stack, { accountId, region, tags: { Application: name } });
new LocalBackend(stack, { path: "terraform.tfstate" });

const kmsKeyArn = new EncryptionKey(stack, "encryption-key", { name, accountId, region }).keyArn;
const network = new Network(stack, "network", { name, availabilityZones: [`${region}a`, `${region}c`], kmsKeyArn });
const registry = new Registry(stack, "registry", { repositoryName: name, pullAccountIds: ["210987654321"] });
const logs = new LogBucket(stack, "log-bucket", { name, accountId, writers: ["s3-access-logs"] });
new S3BucketLoggingA(stack, "access-log", { bucket: "another", targetBucket: logs.bucketName, targetPrefix: "s3/" });
const topic = new AlarmTopic(stack, "alarm-topic", {
  name,
  kmsKeyArn,
  subscriptions: { oncall: { protocol: "email", endpoint: "oncall@example.com" } },
});
const secrets = new Secrets(stack, "secrets", {
  name,
  kmsKeyArn,
  generated: { session: { description: "Session key" } },
  external: { database: { description: "User name and password of the proxy" } },
});
const database = new Database(stack, "database", {
  name,
  network,
  proxy: { userName: "app", secretArn: secrets.arn("database"), secretKmsKeyArn: kmsKeyArn },
});
const cache = new Cache(stack, "cache", { name, network });
const service = new FargateService(stack, "service", {
  name,
  network,
  image: `${registry.repositoryUrl}:1.0.0`,
  repositoryArn: registry.repositoryArn,
  containerPort: 3000,
  environment: {
    DATABASE_URL: `postgres://reporting@${database.host}/app`,
    REDIS_URL: `rediss://${cache.userName}@${cache.host}`,
  },
  drainSec: 30,
  fanOut: { adapter: "redis", supportedAdapters: ["redis"] },
  connections: { database, cache },
  secrets: {
    SESSION_KEY: secrets.arn("session"),
    FEATURES: `arn:aws:ssm:${region}:${accountId}:parameter/${name}/features`,
  },
  secretKmsKeyArns: [kmsKeyArn],
  sidecars: {
    otel: {
      image: `${accountId}.dkr.ecr.${region}.amazonaws.com/otel:1.0.0`,
      secrets: { LICENSE: `arn:aws:ssm:${region}:${accountId}:parameter/${name}/license` },
    },
  },
  enableExecuteCommand: true,
});
service.addTaskPolicy("database", [database.iamConnectStatement("reporting")]);
service.addTaskPolicy("cache", [cache.iamConnectStatement()]);

new ScheduledTask(stack, "nightly", {
  name: `${name}-nightly`,
  network,
  image: `${registry.repositoryUrl}:1.0.0`,
  repositoryArn: registry.repositoryArn,
  command: ["node", "nightly.js"],
  secrets: { SESSION_KEY: secrets.arn("session") },
  secretKmsKeyArns: [kmsKeyArn],
  schedule: "cron(0 3 * * ? *)",
  timezone: "Asia/Tokyo",
  alarmTopicArn: topic.topicArn,
});
new OneOffTask(stack, "backfill", {
  name: `${name}-backfill`,
  network,
  image: `${registry.repositoryUrl}:1.0.0`,
  repositoryArn: registry.repositoryArn,
});

/** The other kinds of database and cache, in a stack of their own: a service of the first one may not connect to them. */
const others = new TerraformStack(app, `${name}-others`);
addAwsProvider(others, { accountId, region, tags: { Application: name } });
new LocalBackend(others, { path: "terraform.tfstate" });
const placed = new Network(others, "network", { name: "others", availabilityZones: [`${region}a`, `${region}c`] });
const aurora = new Database(others, "database", { name: "others", network: placed, engine: "aurora-postgresql" });
const serverless = new Cache(others, "cache", {
  name: "others",
  network: placed,
  kind: "serverless",
  // Redis OSS has a second user, default, that nobody may sign in as.
  engine: "redis",
});
const connected = new FargateService(others, "service", {
  name: "others",
  network: placed,
  image: `${accountId}.dkr.ecr.${region}.amazonaws.com/${name}:1.0.0`,
  containerPort: 3000,
  environment: {
    DATABASE_URL: aurora.connectionUrl("reporting"),
    REDIS_URL: serverless.connectionUrl(),
  },
  drainSec: 30,
  fanOut: { adapter: "sharded-redis", supportedAdapters: serverless.supportedAdapters },
  connections: { database: aurora, cache: serverless },
});
connected.addTaskPolicy("database", [aurora.iamConnectStatement("reporting")]);
connected.addTaskPolicy("cache", [serverless.iamConnectStatement()]);

/** Instances of EC2, in a stack of their own, too. */
const instances = new TerraformStack(app, `${name}-instances`);
addAwsProvider(instances, { accountId, region, tags: { Application: name } });
new LocalBackend(instances, { path: "terraform.tfstate" });
const zones = new Network(instances, "network", { name: "instances", availabilityZones: [`${region}a`, `${region}c`] });
const balancer = new AlbWebsocket(instances, "alb", { name: "instances", network: zones, allowInsecureHttp: true });
const stored = new Secrets(instances, "secrets", {
  name: "instances",
  generated: { session: { description: "Session key" } },
});
const postgres = new Database(instances, "database", { name: "instances", network: zones });
const valkey = new Cache(instances, "cache", { name: "instances", network: zones });
const group = new Ec2Service(instances, "service", {
  name: "instances",
  network: zones,
  image: `${accountId}.dkr.ecr.${region}.amazonaws.com/${name}:1.0.0`,
  amiId: "ami-0123456789abcdef0",
  environment: { DATABASE_URL: postgres.connectionUrl("reporting"), REDIS_URL: valkey.connectionUrl() },
  secrets: {
    SESSION_KEY: stored.arn("session"),
    FEATURES: `arn:aws:ssm:${region}:${accountId}:parameter/${name}/features`,
  },
  migration: { command: ["migrate"], secrets: { MASTER: postgres.masterUserSecretArn } },
  drainSec: 30,
  loadBalancer: balancer.addService("app", { containerPort: 8080, targetType: "instance", keepAliveTimeoutSec: 75 }),
  connections: { database: postgres, cache: valkey },
  fanOut: { adapter: "redis", supportedAdapters: valkey.supportedAdapters },
  autoscaling: { minCount: 2, maxCount: 4 },
  metricsNamespace: "Instances",
});
group.addInstancePolicy("database", [postgres.iamConnectStatement("reporting")]);
group.addInstancePolicy("cache", [valkey.iamConnectStatement()]);
app.synth();
