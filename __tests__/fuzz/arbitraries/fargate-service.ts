import * as fc from "fast-check";
import { FargateService, type FargateServiceProps } from "../../../modules/fargate-service";
import { ADAPTERS } from "../../../modules/ecs/references";
import { TASK_SIZES } from "../../../modules/ecs/task-sizes";
import { type Target } from "../target";
import { spoiled } from "./spoil";
import {
  arn,
  baseName,
  cidr,
  key,
  keyed,
  kmsKeyArn,
  number,
  prose,
  retentionDays,
  securityGroupId,
  some,
  subnetIds,
  text,
  vpcId,
  within,
} from "./values";

const ECR = "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/messenger-crm";

export const size = fc
  .constantFrom(...TASK_SIZES.keys())
  .chain((cpu) => fc.record({ cpu: fc.constant(cpu), memoryMiB: fc.constantFrom(...TASK_SIZES.get(cpu)!) }));

const variableName = fc
  .stringMatching(/^[A-Z][A-Z_]{0,8}$/)
  .filter((name) => !/SECRET|TOKEN|PASS|CREDENTIAL|KEY/.test(name));
const environment = keyed(
  variableName.map((name) => `E_${name}`),
  prose,
);
const secretArn = fc.constantFrom(
  "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:crm/nextauth-AbCd12",
  "arn:aws:ssm:ap-northeast-1:123456789012:parameter/crm/key",
);
const secrets = keyed(
  variableName.map((name) => `S_${name}`),
  fc.oneof(
    text(secretArn),
    fc.record(
      {
        arn: text(fc.constant("arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:crm/db-AbCd12")),
        jsonKey: text(fc.constantFrom("password", "a b")),
        versionStage: fc.constant("AWSCURRENT"),
      },
      { requiredKeys: ["arn"] },
    ),
  ),
);

const command = fc.array(text(fc.constantFrom("node", "server.js", "--flag=${x}", "%{", "説明")), {
  minLength: 1,
  maxLength: 3,
});

const autoscaling = fc.record(
  {
    minCount: fc.integer({ min: 1, max: 3 }),
    maxCount: number(within(4, 5000)),
    cpuPercent: fc.oneof(number(within(1, 100)), fc.constant(false)),
    memoryPercent: number(within(1, 100)),
    requestsPerTask: number(within(1, 1_000_000)),
    connectionsPerTask: number(within(1, 1_000_000)),
    scaleOutCooldownSec: number(within(0, 3600)),
    scaleInCooldownSec: number(within(0, 3600)),
    schedules: keyed(
      key,
      fc.record({
        schedule: text(fc.constantFrom("cron(0 8 ? * MON-FRI *)", "rate(1 hour)", "at(2030-01-01T00:00:00)")),
        timezone: text(fc.constantFrom("Asia/Tokyo", "UTC")),
        minCount: within(1, 5),
        maxCount: number(within(5, 10)),
      }),
      2,
    ),
  },
  { requiredKeys: ["minCount", "maxCount"] },
);

const loadBalancer = (containerPort: number) =>
  fc.record({
    targetGroupArn: arn("elasticloadbalancing", "targetgroup/crm/"),
    targetGroupArnSuffix: text(fc.constant("targetgroup/crm/0123456789abcdef")),
    loadBalancerArnSuffix: text(fc.constant("app/crm/fedcba9876543210")),
    loadBalancerSecurityGroupId: securityGroupId,
    containerPort: fc.constant(containerPort),
    deregistrationDelaySec: within(0, 60),
    healthySec: within(0, 120),
    dependencies: fc.constant([]),
  });

const cluster = baseName.map((name) => ({ arn: `arn:aws:ecs:ap-northeast-1:123456789012:cluster/${name}`, name }));

/** What every construct that runs tasks on Fargate takes. */
export const taskFields = {
  name: baseName,
  network: fc.record({ vpcId, taskSubnetIds: subnetIds(2, 4), assignPublicIp: fc.boolean() }),
  cluster,
  containerInsights: fc.constantFrom("enabled", "enhanced", "disabled"),
  image: fc.constantFrom(`${ECR}:1.4.0`, `${ECR}@sha256:${"a".repeat(64)}`, "nginx:1.27"),
  repositoryArn: fc.constant("arn:aws:ecr:ap-northeast-1:123456789012:repository/messenger-crm"),
  containerName: fc.constantFrom("app", "web_1"),
  command,
  user: fc.constantFrom("1001", "1001:1001", "node"),
  architecture: fc.constantFrom("ARM64", "X86_64"),
  ephemeralStorageGiB: number(within(21, 200)),
  environment,
  secrets,
  secretKmsKeyArns: fc.array(kmsKeyArn, { maxLength: 2 }),
  sidecars: fc.dictionary(
    fc.constantFrom("otel", "envoy-proxy"),
    fc.record(
      {
        image: fc.constantFrom(`${ECR}:1.4.0`, "otel/collector:0.116.0"),
        command,
        user: fc.constantFrom("1001", "nobody"),
        ports: fc.constantFrom([], [9464]),
        environment,
        secrets,
        healthCheckCommand: fc.constant(["CMD", "/health"]),
        appWaitsFor: fc.constant("START"),
        essential: fc.boolean(),
        cpu: within(1, 100),
        memoryMiB: within(4, 200),
        writablePaths: fc.constantFrom([], ["/var/run/agent"]),
      },
      { requiredKeys: ["image"] },
    ),
    { maxKeys: 1 },
  ),
  logRetentionDays: retentionDays,
  kmsKeyArn,
  connections: keyed(key, fc.record({ securityGroupId, port: number(within(1, 65_535)) }), 3),
  egressCidrs: some(cidr, 0, 2),
  egressPrefixListIds: keyed(key, text(fc.constant("pl-0123456789abcdef0")), 1),
  plainTextReasons: fc.constant({}),
  taskPolicyStatements: fc.array(
    fc.constant({ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::bucket/*" }),
    { maxLength: 2 },
  ),
};

const service = fc.record(
  {
    ...taskFields,
    spot: fc.record(
      { onDemandBase: within(1, 5), onDemandWeight: within(0, 1000), spotWeight: within(1, 1000) },
      { requiredKeys: [] },
    ),
    healthCheckCommand: fc.constantFrom(["CMD", "node", "health.js"], ["CMD-SHELL", "curl -f ${HOST} || exit 1"]),
    bootSec: within(1, 120),
    drainSec: within(0, 110),
    migration: fc.record({ command, environment, secrets, timeoutSec: within(2, 120) }, { requiredKeys: ["command"] }),
    fanOut: fc.record(
      { adapter: fc.constantFrom(...ADAPTERS.slice(1)), supportedAdapters: fc.constant([...ADAPTERS]) },
      { requiredKeys: ["adapter"] },
    ),
    minimumHealthyPercent: fc.constantFrom(50, 100),
    maximumPercent: fc.constantFrom(150, 200),
    healthCheckGracePeriodSec: number(fc.constantFrom(300, 1000)),
    deployTimeoutSec: number(fc.constantFrom(3600, 7200)),
    rollbackAlarmNames: fc.uniqueArray(text(fc.constantFrom("crm-errors", "crm ${x}")), { maxLength: 2 }),
    waitForSteadyState: fc.constant(false),
    revisionsOutsideTerraform: fc.constantFrom("revert", "follow", "ignore"),
    enableExecuteCommand: fc.boolean(),
    connectionMetric: fc.record({
      namespace: text(fc.constant("MessengerCRM")),
      metricName: text(fc.constant("OpenConnections")),
      dimensions: fc.constantFrom({}, { Service: "crm" }),
    }),
  },
  { requiredKeys: ["name", "network", "image", "drainSec", "fanOut", "connectionMetric"] },
);

const counted = fc.oneof(
  fc.record({ desiredCount: number(fc.integer({ min: 1, max: 20 })) }),
  fc.record({ autoscaling }),
);

const props = within(1024, 65_535).chain((containerPort) =>
  fc
    .tuple(service, size, counted, fc.record({ loadBalancer: loadBalancer(containerPort) }))
    .map(([first, second, third, fourth]) => ({ ...first, ...second, ...third, ...fourth, containerPort })),
);

/** What each kind of service does not have; "sockets" is the default. */
const FOREIGN = ["fanOut", "connectionMetric"];
const FOREIGN_TO_WORKERS = [...FOREIGN, "containerPort", "loadBalancer", "healthCheckGracePeriodSec"];

/** Targets of an autoscaler that a kind does not have. */
const FOREIGN_TARGETS: Readonly<Record<string, readonly string[]>> = {
  http: ["connectionsPerTask"],
  worker: ["connectionsPerTask", "requestsPerTask"],
};

function without(given: object, props: readonly string[]): object {
  return Object.fromEntries(Object.entries(given).filter(([prop]) => !props.includes(prop)));
}

function ofKind(kind: string, given: object): object {
  if (kind === "sockets") return { ...given, kind };
  const kept = without(given, kind === "worker" ? FOREIGN_TO_WORKERS : FOREIGN);
  if (!("autoscaling" in kept)) return { ...kept, kind };
  return { ...kept, kind, autoscaling: without(kept.autoscaling as object, FOREIGN_TARGETS[kind]!) };
}

export const fargateService: Target = {
  name: "fargate-service",
  data: spoiled(
    fc.tuple(fc.constantFrom("sockets", "http", "worker"), props).map(([kind, given]) => ofKind(kind, given)),
  ),
  build: (stack, id, data: FargateServiceProps) => void new FargateService(stack, id, data),
};
