import { type Target } from "../target";
import { albWebsocket } from "./alb-websocket";
import { appRunnerService } from "./app-runner-service";
import { cache } from "./cache";
import { cdn } from "./cdn";
import { database } from "./database";
import { dnsCertificate } from "./dns-certificate";
import { ec2Service } from "./ec2-service";
import { encryptionKey } from "./encryption-key";
import { fargateService } from "./fargate-service";
import { logBucket } from "./log-bucket";
import { alarmTopic, monitoring, rollbackAlarms } from "./monitoring";
import { network } from "./network";
import { registry } from "./registry";
import { secrets } from "./secrets";
import { oneOffTask, scheduledTask } from "./tasks";
import { waf } from "./waf";

/** Targets for all constructs of the library. */
export const TARGETS: readonly Target[] = [
  network,
  albWebsocket,
  fargateService,
  oneOffTask,
  scheduledTask,
  appRunnerService,
  ec2Service,
  database,
  cache,
  waf,
  monitoring,
  alarmTopic,
  rollbackAlarms,
  registry,
  secrets,
  logBucket,
  encryptionKey,
  dnsCertificate,
  cdn,
];
