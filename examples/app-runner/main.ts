import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformOutput, TerraformStack } from "cdktf";
import { AppRunnerService } from "cdktf-aws-websocket/app-runner-service";

const app = new App();
const stack = new TerraformStack(app, "app-runner");
new AwsProvider(stack, "aws", { region: "ap-northeast-1" });
new LocalBackend(stack, { path: "terraform.tfstate" });

const service = new AppRunnerService(stack, "service", {
  name: "chat-dev",
  source: {
    repositoryUrl: "https://github.com/example/chat",
    connectionArn: "arn:aws:apprunner:ap-northeast-1:123456789012:connection/github/0123456789abcdef0123456789abcdef",
    branch: "main",
    runtime: "NODEJS_22",
    buildCommand: "npm ci && npm run build",
  },
  startCommand: "node server.js",
  containerPort: 3000,
  secrets: { DATABASE_URL: "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:chat/database-url-AbCdEf" },
});
new TerraformOutput(stack, "host", { value: service.serviceHost });
app.synth();
