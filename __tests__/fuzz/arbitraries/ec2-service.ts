import * as fc from "fast-check";
import { Ec2Service, type Ec2ServiceProps } from "../../../modules/ec2-service";
import { ADAPTERS } from "../../../modules/ecs/references";
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
  topicArn,
  vpcId,
  within,
} from "./values";

const ECR = "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/messenger-crm";

const variables = fc.constantFrom("LOG_LEVEL", "LANG", "E_MODE");
const secretArn = fc.constantFrom(
  "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:crm/nextauth-AbCd12",
  "arn:aws:ssm:ap-northeast-1:123456789012:parameter/crm/value",
);

const loadBalancer = fc.record({
  targetGroupArn: arn("elasticloadbalancing", "targetgroup/crm/"),
  targetGroupArnSuffix: text(fc.constant("targetgroup/crm/0123456789abcdef")),
  loadBalancerArnSuffix: text(fc.constant("app/crm/fedcba9876543210")),
  loadBalancerSecurityGroupId: securityGroupId,
  containerPort: within(80, 1023),
  targetType: fc.constantFrom("instance", undefined),
  deregistrationDelaySec: within(0, 60),
  healthySec: within(0, 120),
  dependencies: fc.constant([]),
});

const props = fc.record(
  {
    name: baseName,
    network: fc.record({ vpcId, taskSubnetIds: subnetIds(2, 4), assignPublicIp: fc.constant(false) }),
    image: fc.constantFrom(`${ECR}:1.4.0`, `${ECR}@sha256:${"a".repeat(64)}`),
    repositoryArn: fc.constant("arn:aws:ecr:ap-northeast-1:123456789012:repository/messenger-crm"),
    amiId: text(fc.constant("ami-0123456789abcdef0")),
    instanceTypes: fc.constantFrom(["t4g.small"], ["m7g.large", "m6g.large"], ["t3.small", "t3a.small"]),
    rootVolumeGiB: number(within(8, 100)),
    processes: within(1, 64),
    firstProcessPort: within(1024, 65_000),
    environment: keyed(variables, prose),
    secrets: keyed(
      variables.map((name) => `S_${name}`),
      text(secretArn),
    ),
    plainTextReasons: fc.constant({}),
    secretKmsKeyArns: fc.array(kmsKeyArn, { maxLength: 2 }),
    healthPath: fc.constantFrom("/", "/api/health", "/healthz"),
    socketPath: fc.constantFrom("/socket.io/", "/realtime/v1/"),
    heartbeat: fc.record({ pingIntervalSec: within(1, 60), pingTimeoutSec: within(1, 60) }),
    maxMessageBytes: within(1024, 1_000_000),
    keepAliveTimeoutSec: within(1, 4000),
    bootSec: within(1, 600),
    drainSec: within(0, 105),
    migration: fc.record(
      {
        command: fc.constantFrom(["node", "migrate.js"], ["sh", "-c", "echo ${x} %{y}"]),
        secrets: keyed(fc.constant("MASTER_VALUE"), text(secretArn)),
        timeoutSec: within(2, 600),
      },
      { requiredKeys: ["command"] },
    ),
    logRetentionDays: retentionDays,
    kmsKeyArn,
    loadBalancer,
    connections: keyed(key, fc.record({ securityGroupId, port: number(within(1, 65_535)) }), 3),
    egressCidrs: some(cidr, 0, 2),
    egressPrefixListIds: keyed(key, text(fc.constant("pl-0123456789abcdef0")), 1),
    fanOut: fc.record({ adapter: fc.constantFrom(...ADAPTERS.slice(1)) }),
    autoscaling: fc.record(
      {
        minCount: within(1, 3),
        maxCount: number(within(4, 100)),
        cpuPercent: number(within(1, 100)),
        connectionsPerProcess: number(within(1, 10_000)),
      },
      { requiredKeys: ["minCount", "maxCount"] },
    ),
    connectionMetric: fc.record({
      namespace: text(fc.constant("MessengerCRM")),
      metricName: text(fc.constant("OpenConnections")),
      dimensions: fc.constantFrom({}, { Service: "crm" }),
    }),
    spot: fc.record({ onDemandBase: within(0, 3), onDemandPercent: within(0, 99) }, { requiredKeys: [] }),
    refreshAlarmNames: fc.uniqueArray(text(fc.constantFrom("crm-errors", "crm ${x}")), { maxLength: 2 }),
    refreshTopicArn: topicArn,
    metricsNamespace: text(fc.constantFrom("MessengerCRM/Instances", "CRM")),
    instancePolicyStatements: fc.array(
      fc.constant({ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::bucket/*" }),
      { maxLength: 2 },
    ),
  },
  {
    requiredKeys: [
      "name",
      "network",
      "image",
      "amiId",
      "drainSec",
      "loadBalancer",
      "fanOut",
      "autoscaling",
      "connectionMetric",
      "metricsNamespace",
    ],
  },
);

export const ec2Service: Target = {
  name: "ec2-service",
  data: spoiled(props),
  build: (stack, id, data: Ec2ServiceProps) => void new Ec2Service(stack, id, data),
};
