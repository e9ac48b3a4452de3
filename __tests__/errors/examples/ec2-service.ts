import { Ec2Service, type Ec2ServiceProps } from "../../../modules/ec2-service";
import { type Examples } from "./example";

const valid: Ec2ServiceProps = {
  name: "crm-prod",
  network: {
    vpcId: "vpc-0123456789abcdef0",
    taskSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    assignPublicIp: false,
  },
  image: "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/messenger-crm:1.4.0",
  amiId: "ami-0123456789abcdef0",
  drainSec: 60,
  loadBalancer: {
    targetGroupArn: "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:targetgroup/crm/0123456789abcdef",
    targetGroupArnSuffix: "targetgroup/crm/0123456789abcdef",
    loadBalancerArnSuffix: "app/crm/fedcba9876543210",
    loadBalancerSecurityGroupId: "sg-0123456789abcdef0",
    containerPort: 8080,
    deregistrationDelaySec: 30,
    healthySec: 60,
    dependencies: [],
  },
  fanOut: { adapter: "redis" },
  autoscaling: { minCount: 2, maxCount: 4 },
  metricsNamespace: "MessengerCRM/Instances",
};

export const ec2ServiceExamples: Examples = {
  "ec2-service/ami": (stack) =>
    new Ec2Service(stack, "service", { ...valid, amiId: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023" }),
  "ec2-service/instance-type": (stack) => new Ec2Service(stack, "service", { ...valid, instanceTypes: ["t4g.nano"] }),
  "ec2-service/architectures": (stack) =>
    new Ec2Service(stack, "service", { ...valid, instanceTypes: ["t4g.small", "t3.small"] }),
  "ec2-service/user-data-size": (stack) => {
    // Random digits, which hardly compress; a value of a thousand spaces would fit.
    let digits = 1;
    const next = () => (digits = (digits * 48_271) % 2_147_483_647).toString(36);
    const licenses = Array.from({ length: 4000 }, next).join("");
    new Ec2Service(stack, "service", { ...valid, environment: { LICENSES: licenses } });
  },
  "ec2-service/image-registry": (stack) => new Ec2Service(stack, "service", { ...valid, image: "nginx:1.27" }),
  "ec2-service/public-address": (stack) =>
    new Ec2Service(stack, "service", { ...valid, network: { ...valid.network, assignPublicIp: true } }),
  "ec2-service/target-type": (stack) =>
    new Ec2Service(stack, "service", { ...valid, loadBalancer: { ...valid.loadBalancer, targetType: "ip" } }),
  "ec2-service/port-taken": (stack) => new Ec2Service(stack, "service", { ...valid, firstProcessPort: 8080 }),
  "ec2-service/variable-of-instance": (stack) =>
    new Ec2Service(stack, "service", { ...valid, environment: { PORT: "3000" } }),
  "ec2-service/drain-budget": (stack) => new Ec2Service(stack, "service", { ...valid, spot: {}, drainSec: 120 }),
  "ec2-service/launch-budget": (stack) =>
    new Ec2Service(stack, "service", {
      ...valid,
      bootSec: 3600,
      migration: { command: ["node", "migrate.js"], timeoutSec: 3600 },
    }),
  "ec2-service/headroom": (stack) =>
    new Ec2Service(stack, "service", { ...valid, autoscaling: { minCount: 2, maxCount: 2 } }),
  "ec2-service/spot-base": (stack) => new Ec2Service(stack, "service", { ...valid, spot: { onDemandBase: 4 } }),
  "ec2-service/fan-out": (stack) => new Ec2Service(stack, "service", { ...valid, fanOut: { adapter: "in-memory" } }),
  "ec2-service/path": (stack) => new Ec2Service(stack, "service", { ...valid, socketPath: "/socket.io" }),
};
