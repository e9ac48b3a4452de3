import { DataAwsEc2ManagedPrefixList } from "@cdktf/provider-aws/lib/data-aws-ec2-managed-prefix-list";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformOutput, TerraformStack } from "cdktf";
import {
  AlarmTopic,
  AlbWebsocket,
  Cache,
  Cdn,
  DnsCertificate,
  EncryptionKey,
  FargateService,
  LogBucket,
  Monitoring,
  Network,
  RollbackAlarms,
  Waf,
} from "cdktf-aws-websocket";

const name = "chat-edge";
const accountId = "123456789012";
const region = "ap-northeast-1";
const logRetentionDays = 365;

const app = new App();
const stack = new TerraformStack(app, "behind-cloudfront");
const defaultTags = [{ tags: { Application: "chat" } }];
new AwsProvider(stack, "aws", { region, defaultTags });
new LocalBackend(stack, { path: "terraform.tfstate" });
// CloudFront's certificate, web ACL and log delivery have to be in us-east-1.
const edge = "us-east-1";
const usEast1 = new AwsProvider(stack, `aws-${edge}`, { region: edge, alias: edge, defaultTags });

const { keyArn: kmsKeyArn } = new EncryptionKey(stack, "encryption-key", { name, accountId, region });
const network = new Network(stack, "network", {
  name,
  availabilityZones: ["ap-northeast-1a", "ap-northeast-1c"],
  egress: "nat-gateway-per-zone",
  kmsKeyArn,
  flowLogRetentionDays: logRetentionDays,
});
const dns = new DnsCertificate(stack, "dns", {
  domainName: "chat.example.com",
  zoneName: "chat.example.com",
  // Leave this out in the first apply of a new zone: it stops and lists the name servers to enter in the parent zone.
  delegated: true,
  cloudfrontProvider: usEast1,
});

// Only CloudFront can reach the load balancer: it is in private subnets, behind a VPC origin.
const cloudfront = new DataAwsEc2ManagedPrefixList(stack, "cloudfront", {
  name: "com.amazonaws.global.cloudfront.origin-facing",
});
const logs = new LogBucket(stack, "log-bucket", { name, accountId, writers: ["load-balancer", "vended-logs"] });
const alb = new AlbWebsocket(stack, "alb", {
  name,
  network,
  internal: true,
  certificateArn: dns.certificateArn,
  allowedPrefixListIds: { cloudfront: cloudfront.id },
  // Keeps the client's address, which CloudFront appends, the last one.
  xffHeaderProcessingMode: "preserve",
  accessLogs: { bucketName: logs.bucketName },
});
// A key works in its own region only, and the web ACL's log group, which does not outlive the stack, is in us-east-1.
const edgeKey = new EncryptionKey(stack, "edge-key", {
  name,
  accountId,
  region: edge,
  provider: usEast1,
  deletionProtection: false,
});
const waf = new Waf(stack, "waf", {
  name,
  scope: "CLOUDFRONT",
  provider: usEast1,
  logRetentionDays,
  kmsKeyArn: edgeKey.keyArn,
});
const cdn = new Cdn(stack, "cdn", {
  name,
  domainNames: [dns.domainName],
  certificateArn: dns.cloudfrontCertificateArn,
  origin: alb,
  webAclArn: waf.webAclArn,
  accessLogs: { bucketName: logs.bucketName },
  provider: usEast1,
});
dns.addAlias("site", { target: cdn });

const cache = new Cache(stack, "cache", {
  name,
  network,
  adapter: "redis",
  authentication: { kind: "iam", userName: name },
  kmsKeyArn,
  logsKmsKeyArn: kmsKeyArn,
  logRetentionDays,
});
const web = alb.addService("web", { containerPort: 3000, keepAliveTimeoutSec: 75 });
const { topicArn: alarmTopicArn } = new AlarmTopic(stack, "alarm-topic", {
  name,
  subscriptions: { oncall: { protocol: "email", endpoint: "oncall@example.com" } },
  kmsKeyArn,
});
const loadBalancer = {
  loadBalancerArnSuffix: alb.loadBalancerArnSuffix,
  targets: { web: web.targetGroupArnSuffix },
};
const rollback = new RollbackAlarms(stack, "rollback-alarms", { name, loadBalancer, alarmTopicArn });
const service = new FargateService(stack, "service", {
  name,
  network,
  image: `${accountId}.dkr.ecr.${region}.amazonaws.com/chat:1.0.0`,
  containerPort: 3000,
  drainSec: 60,
  environment: { REDIS_URL: cache.connectionUrl() },
  loadBalancer: web,
  connections: { cache },
  fanOut: { adapter: "redis", supportedAdapters: cache.supportedAdapters },
  autoscaling: { minCount: 2, maxCount: 10 },
  rollbackAlarmNames: rollback.alarmNames,
  kmsKeyArn,
  logRetentionDays,
});
service.addTaskPolicy("cache", [cache.iamConnectStatement()]);
new Monitoring(stack, "monitoring", {
  name,
  alarmTopicArn,
  service,
  loadBalancer,
  cache: { kind: "nodes", nodeIds: cache.nodeIds },
});
new TerraformOutput(stack, "name_servers", { value: dns.nameServers });
new TerraformOutput(stack, "url", { value: `https://${dns.domainName}` });
app.synth();
