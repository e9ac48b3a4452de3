import { FargateService, type FargateServiceProps } from "../../../modules/fargate-service";
import { type Examples } from "./example";

const valid: FargateServiceProps = {
  name: "crm-prod",
  network: {
    vpcId: "vpc-0123456789abcdef0",
    taskSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    assignPublicIp: false,
  },
  image: "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/messenger-crm:1.4.0",
  containerPort: 3000,
  fanOut: { adapter: "redis" },
};

export const fargateServiceExamples: Examples = {
  "fargate-service/cluster-name": (stack) =>
    new FargateService(stack, "service", {
      ...valid,
      cluster: { arn: "arn:aws:ecs:ap-northeast-1:123456789012:cluster/shared", name: "crm-prod" },
    }),
  "fargate-service/spot-base": (stack) =>
    new FargateService(stack, "service", { ...valid, desiredCount: 2, spot: { onDemandBase: 3 } }),
  "fargate-service/task-size": (stack) => new FargateService(stack, "service", { ...valid, cpu: 256, memoryMiB: 4096 }),
};
