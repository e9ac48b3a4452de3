import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { AppRunnerService, type AppRunnerServiceProps } from "../../modules";
import { itChanges } from "../helpers/transitions/judge";
import { sweep, together } from "../helpers/transitions/sweep";
import { type Build, changes } from "../helpers/transitions/transitions";

const ACCOUNT = "123456789012";
const REGION = "ap-northeast-1";
const ECR = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/crm`;
const SECRET = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:crm/app-AbCdEf`;

const service =
  (props: Partial<AppRunnerServiceProps>): Build =>
  (scope, { name, network }) =>
    new AppRunnerService(scope, "service", {
      name,
      network: { ...network, taskSubnetIds: network.privateSubnetIds, assignPublicIp: false },
      image: `${ECR}:1.0.0`,
      containerPort: 3000,
      ...props,
    });

const withoutNetwork =
  (props: Partial<AppRunnerServiceProps>): Build =>
  (scope, surroundings) =>
    service({ network: undefined, ...props })(scope, surroundings);

const connected =
  (isConnected: boolean): Build =>
  (scope, surroundings) => {
    const { name, network } = surroundings;
    const { id } = new SecurityGroup(scope, "database", { name: `${name}-database`, vpcId: network.vpcId });
    service(isConnected ? { connections: { database: { securityGroupId: id, port: 5432 } } } : {})(scope, surroundings);
  };

itChanges([
  together<AppRunnerServiceProps>("AppRunnerService", withoutNetwork, {
    image: `${ECR}:1.1.0`,
    containerPort: 3001,
    startCommand: "node server.js",
    cpu: 2048,
    memoryMiB: 4096,
    environment: { LOG_LEVEL: "debug" },
    healthCheck: { path: "/api/livez", intervalSec: 10 },
  }),
  together<AppRunnerServiceProps>("AppRunnerService", withoutNetwork, {
    socketIo: false,
    minInstances: 2,
    maxInstances: 4,
    maxConcurrency: 100,
  }),
  ...sweep<AppRunnerServiceProps>("AppRunnerService", withoutNetwork, {
    secrets: [{ NEXTAUTH_SECRET: SECRET }],
    tracing: [true],
    customDomain: [{ domainName: "crm.example.com" }],
    instancePolicyStatements: [[{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::crm/*" }]],
  }),
  ...sweep<AppRunnerServiceProps>("AppRunnerService", service, {
    egressCidrs: [["203.0.113.0/24"]],
  }),
  changes(
    "AppRunnerService",
    "connections",
    ["none", connected(false)],
    ["a database", connected(true)],
    ["none", connected(false)],
  ),
]);
