import { type TerraformStack } from "cdktf";
import { AppRunnerService, type AppRunnerServiceProps } from "../../../modules/app-runner-service";

export const ECR = "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/crm";

/** The fewest props of a service that runs an image. */
export const minimal: AppRunnerServiceProps = { name: "crm-dev", image: `${ECR}:1.4.0`, containerPort: 3000 };

/** The fewest props of a service that is built from code. */
export const fromCode: AppRunnerServiceProps = {
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

export const network = {
  vpcId: "vpc-0123456789abcdef0",
  taskSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
  assignPublicIp: false,
};

/** Returns a build of the service with some props changed. */
export const withProps = (changes: Partial<AppRunnerServiceProps>, base: AppRunnerServiceProps = minimal) => {
  return (stack: TerraformStack) => void new AppRunnerService(stack, "service", { ...base, ...changes });
};
