import { Construct } from "constructs";
import * as library from "../../modules";
import { PROPS as ALB_WEBSOCKET } from "../../modules/alb-websocket/props";
import { PROPS as APP_RUNNER_SERVICE } from "../../modules/app-runner-service/props";
import { PROPS as CACHE } from "../../modules/cache/props";
import { PROPS as CDN } from "../../modules/cdn/props";
import { PROPS as DATABASE } from "../../modules/database/props";
import { PROPS as DNS_CERTIFICATE } from "../../modules/dns-certificate/props";
import { EC2_SERVICE_PROPS } from "../../modules/ec2-service/props";
import { PROPS as ENCRYPTION_KEY } from "../../modules/encryption-key/props";
import { FARGATE_SERVICE_PROPS } from "../../modules/fargate-service/props";
import { PROPS as LOG_BUCKET } from "../../modules/log-bucket/props";
import { PROPS as ALARM_TOPIC } from "../../modules/monitoring/alarm-topic/props";
import { PROPS as MONITORING } from "../../modules/monitoring/props";
import { PROPS as ROLLBACK_ALARMS } from "../../modules/monitoring/rollback-alarms/props";
import { PROPS as NETWORK } from "../../modules/network/props";
import { ONE_OFF_TASK_PROPS } from "../../modules/one-off-task/props";
import { PROPS as REGISTRY } from "../../modules/registry/props";
import { SCHEDULED_TASK_PROPS } from "../../modules/scheduled-task/props";
import { PROPS as SECRETS } from "../../modules/secrets/props";
import { PROPS as WAF } from "../../modules/waf/props";

const SHAPES: Readonly<Record<string, object>> = {
  AlarmTopic: ALARM_TOPIC,
  AlbWebsocket: ALB_WEBSOCKET,
  AppRunnerService: APP_RUNNER_SERVICE,
  Cache: CACHE,
  Cdn: CDN,
  Database: DATABASE,
  DnsCertificate: DNS_CERTIFICATE,
  Ec2Service: EC2_SERVICE_PROPS,
  EncryptionKey: ENCRYPTION_KEY,
  FargateService: FARGATE_SERVICE_PROPS,
  LogBucket: LOG_BUCKET,
  Monitoring: MONITORING,
  Network: NETWORK,
  OneOffTask: ONE_OFF_TASK_PROPS,
  Registry: REGISTRY,
  RollbackAlarms: ROLLBACK_ALARMS,
  ScheduledTask: SCHEDULED_TASK_PROPS,
  Secrets: SECRETS,
  Waf: WAF,
};

/**
 * Returns the names of the props of every construct of the library, by the construct's name.
 * @throws Error for a construct whose props are not listed here
 */
export function propsOfConstructs(): ReadonlyMap<string, readonly string[]> {
  const names = Object.entries(library)
    .filter(([, value]) => typeof value === "function" && value.prototype instanceof Construct)
    .map(([name]) => name);
  return new Map(
    names.map((name) => {
      const shape = SHAPES[name];
      if (!shape) throw new Error(`${name}: add the shape of its props to ${__filename}`);
      return [name, Object.keys(shape)];
    }),
  );
}
