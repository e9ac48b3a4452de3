import * as fc from "fast-check";
import { AppRunnerService, type AppRunnerServiceProps } from "../../../modules/app-runner-service";
import { INSTANCE_SIZES } from "../../../modules/app-runner-service/instance-sizes";
import { RUNTIMES } from "../../../modules/app-runner-service/source";
import { type Target } from "../target";
import { spoiled } from "./spoil";
import {
  baseName,
  cidr,
  key,
  keyed,
  kmsKeyArn,
  number,
  prose,
  securityGroupId,
  some,
  subnetIds,
  text,
  vpcId,
  within,
} from "./values";

const ECR = "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/messenger-crm";

const size = fc
  .constantFrom(...INSTANCE_SIZES.keys())
  .chain((cpu) => fc.record({ cpu: fc.constant(cpu), memoryMiB: fc.constantFrom(...INSTANCE_SIZES.get(cpu)!) }));

const image = fc.record(
  {
    image: fc.constantFrom(
      `${ECR}:1.4.0`,
      `${ECR}@sha256:${"a".repeat(64)}`,
      "public.ecr.aws/docker/library/nginx:1.27",
    ),
    startCommand: text(fc.constantFrom("node server.js", "node ${x}")),
  },
  { requiredKeys: ["image"] },
);

const ownImage = fc.record(
  {
    image: fc.constantFrom(`${ECR}:1.4.0`, `${ECR}@sha256:${"a".repeat(64)}`),
    repositoryArn: fc.constant("arn:aws:ecr:ap-northeast-1:123456789012:repository/messenger-crm"),
  },
  { requiredKeys: ["image"] },
);

const code = fc.record({
  source: fc.record(
    {
      repositoryUrl: fc.constant("https://github.com/example/messenger-crm"),
      connectionArn: text(
        fc.constant("arn:aws:apprunner:ap-northeast-1:123456789012:connection/github/0123456789abcdef0123456789abcdef"),
      ),
      branch: fc.constantFrom("main", "release/1"),
      runtime: fc.constantFrom(...RUNTIMES),
      buildCommand: fc.constant("npm ci && npm run build"),
      directory: fc.constantFrom("/", "/app"),
    },
    { requiredKeys: ["repositoryUrl", "connectionArn", "branch", "runtime", "buildCommand"] },
  ),
  startCommand: fc.constant("node server.js"),
  autoDeploy: fc.boolean(),
});

const instances = fc.oneof(
  fc.record({ socketIo: fc.constant(false), minInstances: within(1, 3), maxInstances: within(3, 25) }),
  fc.record({ heartbeat: fc.record({ pingIntervalSec: within(1, 119), pingTimeoutSec: within(1, 60) }) }),
);

const placed = fc.record(
  {
    network: fc.record({ vpcId, taskSubnetIds: subnetIds(2, 4), assignPublicIp: fc.constant(false) }),
    connections: keyed(key, fc.record({ securityGroupId, port: number(within(1, 65_535)) }), 2),
    egressCidrs: some(cidr, 0, 2),
  },
  { requiredKeys: ["network"] },
);

const other = fc.record(
  {
    name: baseName.filter((name) => name.length >= 4),
    containerPort: number(within(1024, 65_535)),
    environment: keyed(fc.constantFrom("E_ONE", "E_TWO"), prose, 2),
    secrets: keyed(
      fc.constantFrom("S_ONE", "S_TWO"),
      text(fc.constant("arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:crm/app-AbCd12")),
      2,
    ),
    plainTextReasons: fc.constant({}),
    transportsVariable: fc.constantFrom("SOCKET_TRANSPORTS", "IO_TRANSPORTS"),
    secretKmsKeyArns: fc.array(kmsKeyArn, { maxLength: 2 }),
    maxConcurrency: number(within(1, 200)),
    healthCheck: fc.record(
      {
        path: text(fc.constantFrom("/", "/api/health")),
        intervalSec: number(within(1, 20)),
        timeoutSec: number(within(1, 20)),
        healthyThreshold: number(within(1, 20)),
        unhealthyThreshold: number(within(1, 20)),
      },
      { requiredKeys: [] },
    ),
    customDomain: fc.record(
      { domainName: fc.constantFrom("crm.example.com", "example.jp"), enableWww: fc.boolean() },
      { requiredKeys: ["domainName"] },
    ),
    tracing: fc.boolean(),
    kmsKeyArn,
    instancePolicyStatements: fc.array(
      fc.constant({ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::bucket/*" }),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: ["name", "containerPort"] },
);

const props = fc
  .tuple(other, size, fc.oneof(image, ownImage, code), instances, fc.option(placed, { nil: {} }))
  .map(([first, second, third, fourth, fifth]) => ({ ...first, ...second, ...third, ...fourth, ...fifth }));

export const appRunnerService: Target = {
  name: "app-runner-service",
  data: spoiled(props),
  build: (stack, id, data: AppRunnerServiceProps) => void new AppRunnerService(stack, id, data),
};
