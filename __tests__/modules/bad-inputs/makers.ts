import { type TerraformStack } from "cdktf";
import { defineEnvironment } from "../../../environments/define-environment";
import { dev } from "../../../environments/dev";
import { type Environment } from "../../../environments/schema";
import { prod } from "../../../environments/prod";
import {
  AlarmTopic,
  AlbWebsocket,
  AppRunnerService,
  Cache,
  Cdn,
  Database,
  DnsCertificate,
  Ec2Service,
  EncryptionKey,
  existingNetwork,
  FargateService,
  LogBucket,
  Monitoring,
  Network,
  Registry,
  Secrets,
  Waf,
} from "../../../modules";

const network = {
  vpcId: "vpc-0123456789abcdef0",
  cidrBlock: "10.0.0.0/16",
  publicSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
  privateSubnetIds: ["subnet-0123456789abcdef2", "subnet-0123456789abcdef3"],
};
const placed = {
  ...network,
  isolatedSubnetIds: network.privateSubnetIds,
  taskSubnetIds: network.privateSubnetIds,
  assignPublicIp: false,
};
const image = "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/crm:1.0.0";
const name = "crm";
const instances = {
  name,
  network: placed,
  image,
  amiId: "ami-0123456789abcdef0",
  drainSec: 60,
  loadBalancer: {
    targetGroupArn: "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:targetgroup/crm/0123456789abcdef",
    targetGroupArnSuffix: "targetgroup/crm/0123456789abcdef",
    loadBalancerArnSuffix: "app/crm/0123456789abcdef",
    loadBalancerSecurityGroupId: "sg-0123456789abcdef0",
    containerPort: 8080,
    targetType: "instance",
    deregistrationDelaySec: 30,
    healthySec: 60,
    dependencies: [],
  },
  fanOut: { adapter: "redis" },
  autoscaling: { minCount: 2, maxCount: 4 },
  metricsNamespace: "CRM/Instances",
};
const distribution = {
  name,
  domainNames: ["crm.example.com"],
  certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/5f9c2a1e-7b64-4c0d-9d3e-1a2b3c4d5e6f",
  origin: {
    loadBalancerArn: "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:loadbalancer/app/crm/0123456789abcdef",
    dnsName: "internal-crm-1.ap-northeast-1.elb.amazonaws.com",
    scheme: "https",
    idleTimeoutSec: 60,
  },
};

/** Creates one construct from its minimal props and the changes of a case, which may have any type, as JavaScript or a cast allows. */
type Make = (stack: TerraformStack, changes: object) => unknown;

const over = <P>(minimal: object, changes: object) => ({ ...minimal, ...changes }) as P;

/** The constructs that receive bad inputs. */
export const MAKERS = {
  network: (stack, changes) =>
    new Network(stack, "x", over({ name, availabilityZones: ["ap-northeast-1a", "ap-northeast-1c"] }, changes)),
  existingNetwork: (_, changes) => existingNetwork(over(network, changes)),
  loadBalancer: (stack, changes) =>
    new AlbWebsocket(stack, "x", over({ name, network: placed, allowInsecureHttp: true }, changes)),
  target: (stack, changes) =>
    new AlbWebsocket(stack, "x", { name, network: placed, allowInsecureHttp: true }).addService(
      "web",
      over({ containerPort: 3000, keepAliveTimeoutSec: 75 }, changes),
    ),
  service: (stack, changes) =>
    new FargateService(
      stack,
      "x",
      over({ name, network: placed, image, containerPort: 3000, fanOut: { adapter: "redis" } }, changes),
    ),
  instances: (stack, changes) => new Ec2Service(stack, "x", over(instances, changes)),
  appRunner: (stack, changes) =>
    new AppRunnerService(stack, "x", over({ name: "crm-dev", image, containerPort: 3000 }, changes)),
  database: (stack, changes) => new Database(stack, "x", over({ name, network: placed }, changes)),
  cache: (stack, changes) => new Cache(stack, "x", over({ name, network: placed }, changes)),
  waf: (stack, changes) => new Waf(stack, "x", over({ name }, changes)),
  monitoring: (stack, changes) =>
    new Monitoring(stack, "x", over({ name, service: { clusterName: "c", serviceName: "s" } }, changes)),
  alarmTopic: (stack, changes) => new AlarmTopic(stack, "x", over({ name }, changes)),
  registry: (stack, changes) => new Registry(stack, "x", over({ repositoryName: name }, changes)),
  secrets: (stack, changes) => new Secrets(stack, "x", over({ name }, changes)),
  logBucket: (stack, changes) => new LogBucket(stack, "x", over({ name, accountId: "123456789012" }, changes)),
  encryptionKey: (stack, changes) =>
    new EncryptionKey(stack, "x", over({ name, region: "ap-northeast-1", accountId: "123456789012" }, changes)),
  dns: (stack, changes) =>
    new DnsCertificate(stack, "x", over({ domainName: "crm.example.com", zoneName: "example.com" }, changes)),
  cdn: (stack, changes) => new Cdn(stack, "x", over(distribution, changes)),
  dev: (_, changes) => defineEnvironment(over<Environment>(dev, changes)),
  prod: (_, changes) => defineEnvironment(over<Environment>(prod, changes)),
} as const satisfies Record<string, Make>;

export type Maker = keyof typeof MAKERS;
