import { App, Tags } from "aws-cdk-lib";
import { type Environment } from "./environment";
import { RegistryStack } from "./registry-stack";
import { ServiceStack } from "./service-stack";

/** Our environments, written for AWS CDK. */
const ACCOUNT = "123456789012";
const REGION = "ap-northeast-1";

const dev: Environment = {
  name: "dev",
  production: false,
  account: ACCOUNT,
  region: REGION,
  availabilityZones: ["ap-northeast-1a", "ap-northeast-1c"],
  cidrBlock: "10.10.0.0/16",
  natGateways: 0,
  instanceClass: "t4g.micro",
  allocatedStorageGiB: 20,
  maxAllocatedStorageGiB: 50,
  backupRetentionDays: 7,
  cacheNodeType: "cache.t4g.micro",
  cacheReplicas: 0,
  cpu: 256,
  memoryMiB: 512,
  minCount: 2,
  maxCount: 4,
  logRetentionDays: 30,
  emails: [],
};

const prod: Environment = {
  name: "prod",
  production: true,
  account: ACCOUNT,
  region: REGION,
  availabilityZones: ["ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d"],
  cidrBlock: "10.20.0.0/16",
  natGateways: 3,
  instanceClass: "m7g.large",
  allocatedStorageGiB: 100,
  maxAllocatedStorageGiB: 1000,
  backupRetentionDays: 14,
  cacheNodeType: "cache.m7g.large",
  cacheReplicas: 1,
  cpu: 1024,
  memoryMiB: 2048,
  minCount: 2,
  maxCount: 20,
  logRetentionDays: 365,
  emails: ["oncall@example.com"],
  domainName: "crm.example.com",
  certificateArn: "arn:aws:acm:ap-northeast-1:123456789012:certificate/5f9c2a1e-7b64-4c0d-9d3e-1a2b3c4d5e6f",
};

const app = new App({
  // As in a committed cdk.context.json, so that the synth makes no AWS calls.
  context: {
    [`availability-zones:account=${ACCOUNT}:region=${REGION}`]: [
      "ap-northeast-1a",
      "ap-northeast-1c",
      "ap-northeast-1d",
    ],
  },
});

new RegistryStack(app, "messenger-crm-registry", { env: { account: ACCOUNT, region: REGION } });
for (const environment of [dev, prod]) {
  const stack = new ServiceStack(app, `messenger-crm-${environment.name}`, environment);
  Tags.of(stack).add("Environment", environment.name);
}
app.synth();
