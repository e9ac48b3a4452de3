import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { AlbWebsocket, FargateService, Network } from "cdktf-aws-websocket";

const app = new App();
const stack = new TerraformStack(app, "minimal");
new AwsProvider(stack, "aws", { region: "ap-northeast-1" });
const network = new Network(stack, "network", {
  name: "chat",
  availabilityZones: ["ap-northeast-1a", "ap-northeast-1c"],
});
const alb = new AlbWebsocket(stack, "alb", { name: "chat", network, allowInsecureHttp: true });
new FargateService(stack, "service", {
  name: "chat",
  network,
  image: "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/chat:1.0.0",
  containerPort: 3000,
  drainSec: 30,
  desiredCount: 1,
  loadBalancer: alb.addService("web", { containerPort: 3000, keepAliveTimeoutSec: 75 }),
  secrets: { DATABASE_URL: "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:chat/database-url-AbCdEf" },
});
app.synth();
