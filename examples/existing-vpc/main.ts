import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { AlbWebsocket } from "cdktf-aws-websocket/alb-websocket";
import { Cache } from "cdktf-aws-websocket/cache";
import { FargateService } from "cdktf-aws-websocket/fargate-service";
import { existingNetwork } from "cdktf-aws-websocket/network";

const app = new App();
const stack = new TerraformStack(app, "existing-vpc");
new AwsProvider(stack, "aws", { region: "ap-northeast-1" });
new LocalBackend(stack, { path: "terraform.tfstate" });

const network = existingNetwork({
  vpcId: "vpc-0a1b2c3d4e5f60718",
  cidrBlock: "10.0.0.0/16",
  publicSubnetIds: ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"],
  privateSubnetIds: ["subnet-0a1b2c3d4e5f60713", "subnet-0a1b2c3d4e5f60714"],
});
const cache = new Cache(stack, "cache", {
  name: "chat",
  network,
  adapter: "redis",
  authentication: { kind: "iam", userName: "chat" },
});
const alb = new AlbWebsocket(stack, "alb", {
  name: "chat",
  network,
  certificateArn: "arn:aws:acm:ap-northeast-1:123456789012:certificate/5f9c2a1e-7b64-4c0d-9d3e-1a2b3c4d5e6f",
});
const service = new FargateService(stack, "service", {
  name: "chat",
  network,
  image: "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/chat:1.0.0",
  containerPort: 3000,
  drainSec: 30,
  desiredCount: 2,
  environment: { REDIS_URL: cache.connectionUrl() },
  connections: { cache },
  fanOut: { adapter: "redis", supportedAdapters: cache.supportedAdapters },
  loadBalancer: alb.addService("web", { containerPort: 3000, keepAliveTimeoutSec: 75 }),
});
service.addTaskPolicy("cache", [cache.iamConnectStatement()]);
app.synth();
