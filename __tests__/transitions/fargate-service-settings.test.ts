import { AlbWebsocket, EncryptionKey, FargateService, type FargateServiceProps } from "../../modules";
import { itChanges } from "../helpers/transitions/judge";
import { sweep, together } from "../helpers/transitions/sweep";
import { type Build, changes } from "../helpers/transitions/transitions";

const ACCOUNT = "123456789012";
const REGION = "ap-northeast-1";
const ECR = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/crm`;
const SECRET = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:crm/app-AbCdEf`;
const KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/5f9c2a1e-7b64-4c0d-9d3e-1a2b3c4d5e6f`;

const service =
  (props: Partial<FargateServiceProps>): Build =>
  (scope, { name, network }) =>
    new FargateService(scope, "service", {
      name,
      network,
      image: `${ECR}:1.0.0`,
      containerPort: 3000,
      drainSec: 60,
      fanOut: { adapter: "redis" },
      ...props,
    });

const behind =
  (props: Partial<FargateServiceProps>): Build =>
  (scope, surroundings) => {
    const { name, network } = surroundings;
    const alb = new AlbWebsocket(scope, "alb", { name, network, allowInsecureHttp: true, deletionProtection: false });
    const loadBalancer = alb.addService("web", { containerPort: 3000, keepAliveTimeoutSec: 75 });
    service({ loadBalancer, ...props })(scope, surroundings);
  };

const withKey: Build = (scope, surroundings) => {
  const key = new EncryptionKey(scope, "key", { name: surroundings.name, accountId: ACCOUNT, region: REGION });
  service({ kmsKeyArn: key.keyArn })(scope, surroundings);
};

const counting = (metricName: string): Build =>
  service({
    autoscaling: { minCount: 2, maxCount: 4, connectionsPerTask: 1000 },
    connectionMetric: { namespace: "MessengerCRM", metricName, dimensions: {} },
  });

itChanges([
  ...sweep<FargateServiceProps>("FargateService", service, {
    egressPrefixListIds: [{ s3: "pl-0123456789abcdef0" }, { s3: "pl-0123456789abcdef1" }],
    migration: [{ command: ["node", "migrate.js"] }],
    repositoryArn: [`arn:aws:ecr:${REGION}:${ACCOUNT}:repository/crm`],
    revisionsOutsideTerraform: ["follow", "ignore"],
    desiredCount: [3],
    sidecars: [{ otel: { image: `${ECR}-otel:1.0.0` } }],
  }),
  together<FargateServiceProps>("FargateService", service, {
    image: `${ECR}:1.1.0`,
    containerPort: 3001,
    containerName: "web",
    command: ["node", "server.js"],
    user: "node",
    cpu: 512,
    memoryMiB: 1024,
    environment: { API_TOKEN: "public" },
    plainTextReasons: { API_TOKEN: "It is public." },
    secrets: { SESSION_SECRET: SECRET },
    secretKmsKeyArns: [KEY],
    healthCheckCommand: ["CMD", "node", "health.js"],
    bootSec: 90,
    drainSec: 70,
  }),
  together<FargateServiceProps>("FargateService", service, {
    fanOut: { adapter: "sharded-redis" },
    minimumHealthyPercent: 50,
    maximumPercent: 150,
    deployTimeoutSec: 3600,
    waitForSteadyState: false,
  }),
  together<FargateServiceProps>("FargateService", behind, { healthCheckGracePeriodSec: 300 }),
  changes(
    "FargateService",
    "kind",
    ["sockets", service({})],
    ["http", service({ kind: "http", fanOut: undefined })],
    ["worker", service({ kind: "worker", fanOut: undefined, containerPort: undefined })],
    ["sockets", service({})],
  ),
  changes(
    "FargateService",
    "connectionMetric",
    ["a metric", counting("OpenConnections")],
    ["another one", counting("Sockets")],
  ),
  changes(
    "FargateService",
    "kmsKeyArn",
    ["none", service({})],
    ["an EncryptionKey", withKey],
    ["none, the EncryptionKey destroyed", service({})],
  ),
]);
