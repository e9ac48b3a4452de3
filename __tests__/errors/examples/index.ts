import { albWebsocketExamples } from "./alb-websocket";
import { appRunnerServiceExamples } from "./app-runner-service";
import { cacheExamples } from "./cache";
import { cdnExamples } from "./cdn";
import { coreExamples } from "./core";
import { databaseExamples } from "./database";
import { dnsCertificateExamples } from "./dns-certificate";
import { ec2ServiceExamples } from "./ec2-service";
import { ecsExamples } from "./ecs";
import { encryptionKeyExamples } from "./encryption-key";
import { environmentExamples } from "./environments";
import { type Examples } from "./example";
import { fargateServiceExamples } from "./fargate-service";
import { logBucketExamples } from "./log-bucket";
import { monitoringExamples } from "./monitoring";
import { networkExamples } from "./network";
import { policyExamples } from "./policies";
import { registryExamples } from "./registry";
import { scheduledTaskExamples } from "./scheduled-task";
import { secretsExamples } from "./secrets";
import { stackExamples } from "./stacks";
import { wafExamples } from "./waf";

/** The examples of each area, in the order of docs/errors.md. The area is the first part of its codes and the name of its file. */
export const EXAMPLES_BY_AREA: Readonly<Record<string, Examples>> = {
  core: coreExamples,
  environments: environmentExamples,
  stacks: stackExamples,
  policies: policyExamples,
  network: networkExamples,
  "alb-websocket": albWebsocketExamples,
  cdn: cdnExamples,
  "dns-certificate": dnsCertificateExamples,
  waf: wafExamples,
  "fargate-service": fargateServiceExamples,
  "app-runner-service": appRunnerServiceExamples,
  ecs: ecsExamples,
  "scheduled-task": scheduledTaskExamples,
  "ec2-service": ec2ServiceExamples,
  database: databaseExamples,
  cache: cacheExamples,
  secrets: secretsExamples,
  "encryption-key": encryptionKeyExamples,
  registry: registryExamples,
  "log-bucket": logBucketExamples,
  monitoring: monitoringExamples,
};
