import { App, LocalBackend, TerraformStack } from "cdktf";
import { AlbWebsocket } from "../../modules/alb-websocket";
import { type ClusterRef, FargateService } from "../../modules/fargate-service";
import { AlarmTopic, Monitoring } from "../../modules/monitoring";
import { Network } from "../../modules/network";
import { addAwsProvider } from "../../stacks/aws-provider";

/** Defines BENCH_SERVICES services behind one load balancer, each with its alarms, as a team that imports the modules would. */
const services = Number(process.env.BENCH_SERVICES);
const name = "growth";
const region = "ap-northeast-1";

const app = new App();
const stack = new TerraformStack(app, name);
addAwsProvider(stack, { accountId: "123456789012", region, tags: { Application: name } });
new LocalBackend(stack, { path: "terraform.tfstate" });

const network = new Network(stack, "network", { name, availabilityZones: [`${region}a`, `${region}c`] });
const alb = new AlbWebsocket(stack, "alb", { name, network, allowInsecureHttp: true });
const { topicArn } = new AlarmTopic(stack, "topic", {
  name,
  subscriptions: { oncall: { protocol: "email", endpoint: "oncall@example.com" } },
});

let cluster: ClusterRef | undefined;
for (let number = 1; number <= services; number++) {
  const id = `service-${number}`;
  const target = alb.addService(id, { containerPort: 3000, keepAliveTimeoutSec: 75, paths: [`/${id}/*`] });
  const service = new FargateService(stack, id, {
    name: `${name}-${id}`,
    network,
    cluster,
    image: `123456789012.dkr.ecr.${region}.amazonaws.com/${id}:1.0.0`,
    containerPort: 3000,
    drainSec: 30,
    environment: { NODE_ENV: "production", PORT: "3000", SERVICE_NAME: id },
    secrets: { SESSION_KEY: `arn:aws:secretsmanager:${region}:123456789012:secret:${id}/session-key-AbCdEf` },
    loadBalancer: target,
    fanOut: { adapter: "redis", supportedAdapters: ["redis"] },
    autoscaling: { minCount: 2, maxCount: 4 },
  });
  cluster ??= { arn: service.clusterArn, name: service.clusterName };
  new Monitoring(stack, `${id}-monitoring`, {
    name: `${name}-${id}`,
    service,
    loadBalancer: {
      loadBalancerArnSuffix: target.loadBalancerArnSuffix,
      targets: { app: target.targetGroupArnSuffix },
    },
    alarmTopicArn: topicArn,
  });
}
app.synth();
