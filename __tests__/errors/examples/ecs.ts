import { FargateService, type FargateServiceProps, type LoadBalancerTarget } from "../../../modules/fargate-service";
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
const loadBalancer: LoadBalancerTarget = {
  targetGroupArn: "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:targetgroup/crm/0123456789abcdef",
  targetGroupArnSuffix: "targetgroup/crm/0123456789abcdef",
  loadBalancerArnSuffix: "app/crm/fedcba9876543210",
  loadBalancerSecurityGroupId: "sg-0123456789abcdef0",
  containerPort: 3000,
  deregistrationDelaySec: 30,
  healthySec: 60,
  dependencies: [],
};
const secretArn = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:crm/nextauth-AbCd12";

const ENVOY = "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/envoy:1.33.0";

/** A network that tasks leave through these endpoints only. */
const isolated = {
  ...valid.network,
  cidrBlock: "10.0.0.0/16",
  interfaceEndpoints: ["ecr.api", "ecr.dkr", "logs", "secretsmanager"],
  endpointsOnly: true,
};

export const ecsExamples: Examples = {
  "ecs/missing-endpoint": (stack) =>
    new FargateService(stack, "service", { ...valid, network: isolated, enableExecuteCommand: true }),
  "ecs/unreachable-registry": (stack) =>
    new FargateService(stack, "service", { ...valid, network: isolated, image: "ghcr.io/acme/messenger-crm:1.4.0" }),
  "ecs/unreachable-service": (stack) =>
    new FargateService(stack, "service", { ...valid, network: isolated, egressCidrs: ["10.0.0.0/16"] }),
  "ecs/fan-out": (stack) =>
    new FargateService(stack, "service", { ...valid, desiredCount: 2, fanOut: { adapter: "in-memory" } }),
  "ecs/service-kind": (stack) => new FargateService(stack, "service", { ...valid, kind: "http" }),
  "ecs/task-counts": (stack) =>
    new FargateService(stack, "service", { ...valid, autoscaling: { minCount: 5, maxCount: 2 } }),
  "ecs/autoscaling-source": (stack) =>
    new FargateService(stack, "service", {
      ...valid,
      autoscaling: { minCount: 2, maxCount: 6, connectionsPerTask: 1000 },
    }),
  "ecs/time-zone": (stack) =>
    new FargateService(stack, "service", {
      ...valid,
      autoscaling: {
        minCount: 2,
        maxCount: 6,
        schedules: {
          morning: { schedule: "cron(0 8 ? * MON-FRI *)", timezone: "+09:00", minCount: 4, maxCount: 6 },
        },
      },
    }),
  "ecs/image-reference": (stack) =>
    new FargateService(stack, "service", {
      ...valid,
      image: "https://123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/messenger-crm:1.4.0",
    }),
  "ecs/policy-name-taken": (stack) => {
    const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::crm-uploads/*" } as const;
    const service = new FargateService(stack, "service", valid);
    service.addTaskPolicy("uploads", [statement]);
    service.addTaskPolicy("uploads", [{ ...statement, Action: "s3:PutObject" }]);
  },
  "ecs/task-definition-size": (stack) =>
    new FargateService(stack, "service", { ...valid, environment: { TRANSLATIONS: "x".repeat(70_000) } }),
  "ecs/image-not-pinned": (stack) =>
    new FargateService(stack, "service", {
      ...valid,
      image: "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/messenger-crm:latest",
    }),
  "ecs/repository": (stack) =>
    new FargateService(stack, "service", {
      ...valid,
      repositoryArn: "arn:aws:ecr:ap-northeast-1:123456789012:repository/another-app",
    }),
  "ecs/container-name-taken": (stack) =>
    new FargateService(stack, "service", {
      ...valid,
      containerName: "migration",
      migration: { command: ["node", "migrate.js"] },
    }),
  "ecs/port-taken": (stack) =>
    new FargateService(stack, "service", { ...valid, sidecars: { envoy: { image: ENVOY, ports: [3000] } } }),
  "ecs/sidecar-health": (stack) =>
    new FargateService(stack, "service", { ...valid, sidecars: { envoy: { image: ENVOY, appWaitsFor: "HEALTHY" } } }),
  "ecs/sidecar-room": (stack) =>
    new FargateService(stack, "service", { ...valid, sidecars: { envoy: { image: ENVOY, memoryMiB: 512 } } }),
  "ecs/root-user": (stack) => new FargateService(stack, "service", { ...valid, user: "root" }),
  "ecs/command": (stack) =>
    new FargateService(stack, "service", { ...valid, healthCheckCommand: ["curl", "http://localhost:3000/health"] }),
  "ecs/drain-budget": (stack) => new FargateService(stack, "service", { ...valid, drainSec: 300 }),
  "ecs/policy-statement": (stack) =>
    new FargateService(stack, "service", {
      ...valid,
      taskPolicyStatements: [{ Effect: "Allow", Action: [], Resource: "arn:aws:s3:::crm-uploads/*" }],
    }),
  "ecs/alarm-name": (stack) => new FargateService(stack, "service", { ...valid, rollbackAlarmNames: [""] }),
  "ecs/deployment-deadlock": (stack) =>
    new FargateService(stack, "service", { ...valid, minimumHealthyPercent: 100, maximumPercent: 100 }),
  "ecs/deployment-time": (stack) => new FargateService(stack, "service", { ...valid, deployTimeoutSec: 60 }),
  "ecs/variable-name": (stack) =>
    new FargateService(stack, "service", { ...valid, environment: { "LOG-LEVEL": "info" } }),
  "ecs/variable-of-ecs": (stack) =>
    new FargateService(stack, "service", { ...valid, environment: { ECS_AGENT_URI: "http://localhost" } }),
  "ecs/policy-size": (stack) =>
    new FargateService(stack, "service", {
      ...valid,
      taskPolicyStatements: [
        {
          Effect: "Allow",
          Action: "s3:GetObject",
          Resource: Array.from({ length: 300 }, (_, index) => `arn:aws:s3:::crm-attachments/customers/${index}/*`),
        },
      ],
    }),
  "ecs/variable-in-both": (stack) =>
    new FargateService(stack, "service", {
      ...valid,
      environment: { NEXTAUTH_URL: "https://crm.example.com" },
      secrets: { NEXTAUTH_URL: secretArn },
    }),
  "ecs/secret-in-plain-text": (stack) =>
    new FargateService(stack, "service", { ...valid, environment: { NEXTAUTH_SECRET: "correct horse" } }),
  "ecs/plain-text-reason": (stack) =>
    new FargateService(stack, "service", {
      ...valid,
      environment: { TOKEN_LIFETIME_SEC: "3600" },
      plainTextReasons: { TOKEN_LIFETIME_SEC: "" },
    }),
  "ecs/secret-reference": (stack) =>
    new FargateService(stack, "service", { ...valid, secrets: { NEXTAUTH_SECRET: "correct horse" } }),
  "ecs/secret-version": (stack) =>
    new FargateService(stack, "service", {
      ...valid,
      secrets: { NEXTAUTH_SECRET: { arn: secretArn, versionStage: "AWSCURRENT", versionId: "5f9c2a1e" } },
    }),
  "ecs/target-type": (stack) =>
    new FargateService(stack, "service", {
      ...valid,
      loadBalancer: { ...loadBalancer, targetType: "instance" },
      drainSec: 60,
    }),
  "ecs/port-mismatch": (stack) =>
    new FargateService(stack, "service", { ...valid, containerPort: 8080, loadBalancer, drainSec: 60 }),
};
