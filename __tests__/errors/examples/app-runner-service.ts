import { AppRunnerService, type AppRunnerServiceProps } from "../../../modules/app-runner-service";
import { type Examples } from "./example";

const valid: AppRunnerServiceProps = {
  name: "crm-dev",
  image: "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/messenger-crm:1.4.0",
  containerPort: 3000,
};

const code: AppRunnerServiceProps = {
  name: "crm-dev",
  source: {
    repositoryUrl: "https://github.com/example/messenger-crm",
    connectionArn: "arn:aws:apprunner:ap-northeast-1:123456789012:connection/github/0123456789abcdef0123456789abcdef",
    branch: "main",
    runtime: "NODEJS_22",
    buildCommand: "npm ci && npm run build",
  },
  startCommand: "node server.js",
  containerPort: 3000,
};

const subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"];

export const appRunnerServiceExamples: Examples = {
  "app-runner-service/name-length": (stack) => new AppRunnerService(stack, "service", { ...valid, name: "crm" }),
  "app-runner-service/one-source": (stack) =>
    new AppRunnerService(stack, "service", { name: "crm-dev", containerPort: 3000 }),
  "app-runner-service/registry": (stack) =>
    new AppRunnerService(stack, "service", { ...valid, image: "ghcr.io/example/messenger-crm:1.4.0" }),
  "app-runner-service/auto-deploy": (stack) =>
    new AppRunnerService(stack, "service", {
      ...valid,
      image: `123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/messenger-crm@sha256:${"a".repeat(64)}`,
      autoDeploy: true,
    }),
  "app-runner-service/start-command": (stack) =>
    new AppRunnerService(stack, "service", { ...code, startCommand: undefined }),
  "app-runner-service/repository-url": (stack) =>
    new AppRunnerService(stack, "service", {
      ...code,
      source: { ...code.source!, repositoryUrl: "git@github.com:example/messenger-crm.git" },
    }),
  "app-runner-service/instance-size": (stack) =>
    new AppRunnerService(stack, "service", { ...valid, cpu: 256, memoryMiB: 4096 }),
  "app-runner-service/instance-counts": (stack) =>
    new AppRunnerService(stack, "service", { ...valid, socketIo: false, minInstances: 4, maxInstances: 2 }),
  "app-runner-service/socket-io-instances": (stack) =>
    new AppRunnerService(stack, "service", { ...valid, maxInstances: 3 }),
  "app-runner-service/transports": (stack) =>
    new AppRunnerService(stack, "service", { ...valid, environment: { SOCKET_TRANSPORTS: "websocket,polling" } }),
  "app-runner-service/poll-too-long": (stack) =>
    new AppRunnerService(stack, "service", {
      ...valid,
      heartbeat: { pingIntervalSec: 180, pingTimeoutSec: 20 },
    }),
  "app-runner-service/reserved-variable": (stack) =>
    new AppRunnerService(stack, "service", { ...valid, environment: { AWSAPPRUNNER_REGION: "ap-northeast-1" } }),
  "app-runner-service/public-subnets": (stack) =>
    new AppRunnerService(stack, "service", {
      ...valid,
      network: { vpcId: "vpc-0123456789abcdef0", taskSubnetIds: subnets, assignPublicIp: true },
    }),
  "app-runner-service/connections-without-network": (stack) =>
    new AppRunnerService(stack, "service", {
      ...valid,
      connections: { database: { securityGroupId: "sg-0123456789abcdef0", port: 5432 } },
    }),
};
