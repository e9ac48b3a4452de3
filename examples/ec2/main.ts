import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { App, TerraformStack } from "cdktf";
import { AlarmTopic, AlbWebsocket, Cache, Ec2Service, Monitoring, Network, RollbackAlarms } from "cdktf-aws-websocket";

const name = "chat";

const app = new App();
const stack = new TerraformStack(app, "ec2");
new AwsProvider(stack, "aws", { region: "ap-northeast-1" });
const network = new Network(stack, "network", {
  name,
  availabilityZones: ["ap-northeast-1a", "ap-northeast-1c"],
  egress: "single-nat-instance",
});
const cache = new Cache(stack, "cache", {
  name,
  network,
  authentication: { kind: "iam", userName: name },
});
const alb = new AlbWebsocket(stack, "alb", {
  name,
  network,
  certificateArn: "arn:aws:acm:ap-northeast-1:123456789012:certificate/5f9c2a1e-7b64-4c0d-9d3e-1a2b3c4d5e6f",
});
// The target is nginx on each instance.
const target = alb.addService("web", { containerPort: 8080, targetType: "instance", keepAliveTimeoutSec: 75 });
const loadBalancer = {
  loadBalancerArnSuffix: alb.loadBalancerArnSuffix,
  targets: { web: target.targetGroupArnSuffix },
};
const { topicArn: alarmTopicArn } = new AlarmTopic(stack, "alarm-topic", {
  name,
  subscriptions: { oncall: { protocol: "email", endpoint: "oncall@example.com" } },
});

// Another value of the parameter rolls out the newer Amazon Linux with the next apply.
const amazonLinux = new DataAwsSsmParameter(stack, "amazon-linux", {
  name: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
});
const service = new Ec2Service(stack, "service", {
  name,
  network,
  image: "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/chat:1.0.0",
  amiId: amazonLinux.insecureValue,
  instanceTypes: ["t4g.small", "t4g.medium"],
  processes: 2,
  drainSec: 60,
  environment: { REDIS_URL: cache.connectionUrl() },
  secrets: { DATABASE_URL: "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:chat/database-url-AbCdEf" },
  loadBalancer: target,
  connections: { cache },
  fanOut: { adapter: cache.adapter, supportedAdapters: cache.supportedAdapters },
  autoscaling: { minCount: 2, maxCount: 6, connectionsPerProcess: 1000 },
  connectionMetric: { namespace: "Chat", metricName: "OpenConnections", dimensions: { Service: name } },
  // One instance on demand, the others on Spot.
  spot: { onDemandBase: 1 },
  refreshAlarmNames: new RollbackAlarms(stack, "rollback-alarms", { name, loadBalancer, alarmTopicArn }).alarmNames,
  refreshTopicArn: alarmTopicArn,
  metricsNamespace: "Chat/Instances",
});
service.addInstancePolicy("cache", [cache.iamConnectStatement()]);

new Monitoring(stack, "monitoring", {
  name,
  alarmTopicArn,
  instances: service,
  loadBalancer,
  cache: { kind: "nodes", nodeIds: cache.nodeIds },
});
app.synth();
