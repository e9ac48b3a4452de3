import { type Construct } from "constructs";
import { type TerraformStack } from "cdktf";
import * as albDefaults from "../../../modules/alb-websocket/defaults";
import { AlbWebsocket, type AlbServiceProps, type AlbWebsocketProps } from "../../../modules/alb-websocket";
import { SERVICE_PROPS } from "../../../modules/alb-websocket/alb-service-props";
import { HEALTH_CHECK_PROPS } from "../../../modules/alb-websocket/health-check";
import { PROPS as ALB_PROPS } from "../../../modules/alb-websocket/props";
import { AppRunnerService, type AppRunnerServiceProps } from "../../../modules/app-runner-service";
import { appRunnerServiceDefaults } from "../../../modules/app-runner-service/defaults";
import {
  HEALTH_CHECK_PROPS as APP_RUNNER_HEALTH_CHECK_PROPS,
  healthCheckDefaults as appRunnerHealthCheckDefaults,
} from "../../../modules/app-runner-service/health-check";
import { PROPS as APP_RUNNER_PROPS } from "../../../modules/app-runner-service/props";
import { Cache, type CacheProps } from "../../../modules/cache";
import * as cacheDefaults from "../../../modules/cache/defaults";
import { PROPS as CACHE_PROPS } from "../../../modules/cache/props";
import { Cdn, type CdnProps } from "../../../modules/cdn";
import { cdnDefaults } from "../../../modules/cdn/defaults";
import { PROPS as CDN_PROPS } from "../../../modules/cdn/props";
import { Database, type DatabaseProps } from "../../../modules/database";
import * as databaseDefaults from "../../../modules/database/defaults";
import { AURORA_PROPS, PROPS as DATABASE_PROPS } from "../../../modules/database/props";
import { proxyDefaults } from "../../../modules/database/proxy/defaults";
import { DnsCertificate, type DnsCertificateProps } from "../../../modules/dns-certificate";
import { ALIAS_PROPS } from "../../../modules/dns-certificate/alias-props";
import * as dnsDefaults from "../../../modules/dns-certificate/defaults";
import { PROPS as DNS_PROPS } from "../../../modules/dns-certificate/props";
import { SERVICE_AUTOSCALING_PROPS, serviceAutoscalingDefaults } from "../../../modules/ecs/autoscaling-props";
import { MIGRATION_PROPS, migrationDefaults } from "../../../modules/ecs/migration";
import { SIDECAR_PROPS, sidecarDefaults } from "../../../modules/ecs/sidecars";
import { Ec2Service, type Ec2ServiceProps } from "../../../modules/ec2-service";
import { ec2ServiceDefaults } from "../../../modules/ec2-service/defaults";
import {
  autoscalingDefaults,
  INSTANCE_AUTOSCALING_PROPS,
  INSTANCE_MIGRATION_PROPS,
  INSTANCE_SPOT_PROPS,
  migrationDefaults as instanceMigrationDefaults,
  spotDefaults as instanceSpotDefaults,
} from "../../../modules/ec2-service/nested-props";
import { EC2_SERVICE_PROPS } from "../../../modules/ec2-service/props";
import { EncryptionKey, type EncryptionKeyProps } from "../../../modules/encryption-key";
import { encryptionKeyDefaults } from "../../../modules/encryption-key/defaults";
import { PROPS as KEY_PROPS } from "../../../modules/encryption-key/props";
import { FargateService, type FargateServiceProps } from "../../../modules/fargate-service";
import { fargateServiceDefaults } from "../../../modules/fargate-service/defaults";
import { FARGATE_SERVICE_PROPS } from "../../../modules/fargate-service/props";
import { SPOT_PROPS, spotDefaults } from "../../../modules/fargate-service/spot";
import { LogBucket, type LogBucketProps } from "../../../modules/log-bucket";
import { logBucketDefaults } from "../../../modules/log-bucket/defaults";
import { PROPS as LOG_BUCKET_PROPS } from "../../../modules/log-bucket/props";
import { AlarmTopic, Monitoring, type MonitoringProps, RollbackAlarms } from "../../../modules/monitoring";
import { alarmTopicDefaults } from "../../../modules/monitoring/alarm-topic/defaults";
import { PROPS as TOPIC_PROPS } from "../../../modules/monitoring/alarm-topic/props";
import { monitoringDefaults } from "../../../modules/monitoring/defaults";
import { PROPS as MONITORING_PROPS } from "../../../modules/monitoring/props";
import { PROPS as ROLLBACK_PROPS } from "../../../modules/monitoring/rollback-alarms/props";
import { thresholdDefaults } from "../../../modules/monitoring/thresholds/defaults";
import { Network, type NetworkProps } from "../../../modules/network";
import { natInstanceDefaults, networkDefaults } from "../../../modules/network/defaults";
import { PROPS as NETWORK_PROPS } from "../../../modules/network/props";
import { OneOffTask, type OneOffTaskProps } from "../../../modules/one-off-task";
import { oneOffTaskDefaults } from "../../../modules/one-off-task/defaults";
import { ONE_OFF_TASK_PROPS } from "../../../modules/one-off-task/props";
import { Registry, type RegistryProps } from "../../../modules/registry";
import { registryDefaults } from "../../../modules/registry/defaults";
import { PROPS as REGISTRY_PROPS } from "../../../modules/registry/props";
import { ScheduledTask } from "../../../modules/scheduled-task";
import { scheduledTaskDefaults } from "../../../modules/scheduled-task/defaults";
import { SCHEDULED_TASK_PROPS } from "../../../modules/scheduled-task/props";
import { Secrets, type SecretsProps } from "../../../modules/secrets";
import * as secretsDefaults from "../../../modules/secrets/defaults";
import { PROPS as SECRETS_PROPS } from "../../../modules/secrets/props";
import { Waf, type WafProps } from "../../../modules/waf";
import { wafDefaults } from "../../../modules/waf/defaults";
import { PROPS as WAF_PROPS } from "../../../modules/waf/props";
import { type Subject } from "./subject";

const subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"];
const vpcId = "vpc-0123456789abcdef0";
const isolated = { vpcId, isolatedSubnetIds: subnets };
const accountId = "123456789012";
const topicArn = `arn:aws:sns:ap-northeast-1:${accountId}:on-call`;
const loadBalancer = {
  loadBalancerArnSuffix: "app/crm/0123456789abcdef",
  targets: { app: "targetgroup/crm/0123456789abcdef" },
};

type Class = new (scope: Construct, id: string, props: never) => unknown;

/** Builds a construct from valid props with some of them changed. */
function from<P extends object>(construct: Class, valid: P) {
  return (stack: TerraformStack, changed: object) => void new construct(stack, "it", { ...valid, ...changed } as never);
}

/** The same for an object among the props. */
function nested<P extends object>(construct: Class, valid: P, path: keyof P & string, inside: object) {
  return (stack: TerraformStack, changed: object) =>
    void new construct(stack, "it", { ...valid, [path]: { ...inside, ...changed } } as never);
}

const alb: AlbWebsocketProps = {
  name: "crm",
  network: { vpcId, publicSubnetIds: subnets },
  certificateArn: `arn:aws:acm:ap-northeast-1:${accountId}:certificate/5f9c2a1e-7b64-4c0d-9d3e-1a2b3c4d5e6f`,
};
const albService: AlbServiceProps = {
  containerPort: 3000,
  keepAliveTimeoutSec: 65,
  loadBalancingAlgorithm: "round_robin",
  paths: ["/api/*"],
};
const addService = (stack: TerraformStack, changed: object) =>
  void new AlbWebsocket(stack, "it", alb).addService("web", { ...albService, ...changed });

const database: DatabaseProps = { name: "crm", network: isolated };
const cache: CacheProps = { name: "crm", network: isolated, kind: "cluster" };
const service: FargateServiceProps = {
  name: "crm",
  network: { vpcId, taskSubnetIds: subnets, assignPublicIp: false },
  image: `${accountId}.dkr.ecr.ap-northeast-1.amazonaws.com/crm:1.4.0`,
  containerPort: 3000,
  fanOut: { adapter: "redis" },
};
const task: OneOffTaskProps = {
  name: "crm",
  network: service.network,
  image: service.image,
};
const instances: Ec2ServiceProps = {
  name: "crm",
  network: { vpcId, taskSubnetIds: subnets, assignPublicIp: false },
  image: `${accountId}.dkr.ecr.ap-northeast-1.amazonaws.com/crm:1.4.0`,
  amiId: "ami-0123456789abcdef0",
  drainSec: 60,
  loadBalancer: {
    targetGroupArn: `arn:aws:elasticloadbalancing:ap-northeast-1:${accountId}:targetgroup/crm/0123456789abcdef`,
    targetGroupArnSuffix: "targetgroup/crm/0123456789abcdef",
    loadBalancerArnSuffix: "app/crm/0123456789abcdef",
    loadBalancerSecurityGroupId: "sg-0123456789abcdef0",
    containerPort: 8080,
    deregistrationDelaySec: 30,
    healthySec: 60,
    dependencies: [],
  },
  fanOut: { adapter: "redis" },
  autoscaling: { minCount: 2, maxCount: 4 },
  metricsNamespace: "CRM/Instances",
};

const appRunner: AppRunnerServiceProps = {
  name: "crm-dev",
  image: `${accountId}.dkr.ecr.ap-northeast-1.amazonaws.com/crm:1.4.0`,
  containerPort: 3000,
};
const cdn: CdnProps = {
  name: "crm",
  domainNames: ["crm.example.com"],
  certificateArn: `arn:aws:acm:us-east-1:${accountId}:certificate/5f9c2a1e-7b64-4c0d-9d3e-1a2b3c4d5e6f`,
  origin: {
    loadBalancerArn: `arn:aws:elasticloadbalancing:ap-northeast-1:${accountId}:loadbalancer/app/crm/0123456789abcdef`,
    dnsName: "internal-crm-1.ap-northeast-1.elb.amazonaws.com",
    scheme: "https",
    idleTimeoutSec: 60,
  },
};
const monitoring: MonitoringProps = { name: "crm", loadBalancer };
const rollback = { ...monitoring, alarmTopicArn: topicArn };
const network: NetworkProps = { name: "crm", availabilityZones: ["ap-northeast-1a", "ap-northeast-1c"] };
const secrets: SecretsProps = { name: "crm" };
const dns: DnsCertificateProps = { domainName: "crm.example.com", zoneName: "example.com" };
const registry: RegistryProps = { repositoryName: "crm" };
const logBucket: LogBucketProps = { name: "crm", accountId };
const key: EncryptionKeyProps = { name: "crm", region: "ap-northeast-1", accountId };
const waf: WafProps = { name: "crm" };

const aurora: readonly string[] = AURORA_PROPS;

/** All props of all constructs. */
export const SUBJECTS: readonly Subject[] = [
  {
    module: "network",
    name: "Network",
    props: Object.keys(NETWORK_PROPS),
    defaults: networkDefaults,
    build: from(Network, network),
  },
  {
    module: "network",
    name: "Network, natInstance",
    path: "natInstance",
    props: ["instanceType", "imageId", "setUp", "ports"],
    defaults: natInstanceDefaults,
    build: nested(Network, { ...network, egress: "single-nat-instance" }, "natInstance", {}),
  },
  {
    module: "alb-websocket",
    name: "AlbWebsocket",
    props: Object.keys(ALB_PROPS),
    defaults: albDefaults.albWebsocketDefaults,
    build: from(AlbWebsocket, alb),
  },
  {
    module: "alb-websocket",
    name: "addService()",
    props: Object.keys(SERVICE_PROPS),
    defaults: albDefaults.albServiceDefaults,
    build: addService,
  },
  {
    module: "alb-websocket",
    name: "addService(), healthCheck",
    path: "healthCheck",
    props: Object.keys(HEALTH_CHECK_PROPS),
    defaults: albDefaults.healthCheckDefaults,
    build: (stack, changed) => addService(stack, { healthCheck: changed }),
  },
  {
    module: "cdn",
    name: "Cdn",
    props: Object.keys(CDN_PROPS),
    defaults: cdnDefaults,
    build: from(Cdn, cdn),
  },
  {
    module: "dns-certificate",
    name: "DnsCertificate",
    props: Object.keys(DNS_PROPS),
    defaults: dnsDefaults.dnsCertificateDefaults,
    build: from(DnsCertificate, dns),
  },
  {
    module: "dns-certificate",
    name: "addAlias()",
    place: "text",
    props: Object.keys(ALIAS_PROPS),
    defaults: dnsDefaults.aliasDefaults,
    build: (stack, changed) =>
      new DnsCertificate(stack, "it", dns).addAlias("site", {
        target: { dnsName: "crm-1.ap-northeast-1.elb.amazonaws.com", hostedZoneId: "Z14GRHDCWA56QT" },
        ...changed,
      }),
  },
  {
    module: "waf",
    name: "Waf",
    props: Object.keys(WAF_PROPS),
    defaults: wafDefaults,
    build: from(Waf, waf),
  },
  {
    module: "fargate-service",
    name: "FargateService",
    props: Object.keys(FARGATE_SERVICE_PROPS),
    defaults: fargateServiceDefaults,
    build: from(FargateService, service),
  },
  {
    module: "fargate-service",
    name: "FargateService, autoscaling",
    path: "autoscaling",
    props: Object.keys(SERVICE_AUTOSCALING_PROPS),
    defaults: serviceAutoscalingDefaults,
    build: nested(FargateService, service, "autoscaling", { minCount: 1, maxCount: 4 }),
  },
  {
    module: "fargate-service",
    name: "FargateService, migration",
    place: "text",
    path: "migration",
    props: Object.keys(MIGRATION_PROPS),
    defaults: migrationDefaults,
    build: nested(FargateService, service, "migration", { command: ["node", "migrate.js"] }),
  },
  {
    module: "fargate-service",
    name: "FargateService, sidecars",
    place: "text",
    path: "sidecars.otel",
    props: Object.keys(SIDECAR_PROPS),
    defaults: sidecarDefaults,
    build: (stack, changed) =>
      void new FargateService(stack, "it", { ...service, sidecars: { otel: { image: service.image, ...changed } } }),
  },
  {
    module: "fargate-service",
    name: "FargateService, spot",
    path: "spot",
    props: Object.keys(SPOT_PROPS),
    defaults: spotDefaults,
    build: nested(FargateService, service, "spot", {}),
  },
  {
    module: "one-off-task",
    name: "OneOffTask",
    props: Object.keys(ONE_OFF_TASK_PROPS),
    defaults: oneOffTaskDefaults,
    build: from(OneOffTask, task),
  },
  {
    module: "scheduled-task",
    name: "ScheduledTask",
    props: Object.keys(SCHEDULED_TASK_PROPS),
    defaults: scheduledTaskDefaults,
    build: from(ScheduledTask, { ...task, schedule: "rate(1 hour)" }),
  },
  {
    module: "ec2-service",
    name: "Ec2Service",
    props: Object.keys(EC2_SERVICE_PROPS),
    defaults: ec2ServiceDefaults,
    build: from(Ec2Service, instances),
  },
  {
    module: "ec2-service",
    name: "Ec2Service, autoscaling",
    path: "autoscaling",
    props: Object.keys(INSTANCE_AUTOSCALING_PROPS),
    defaults: autoscalingDefaults,
    build: nested(Ec2Service, instances, "autoscaling", instances.autoscaling),
  },
  {
    module: "ec2-service",
    name: "Ec2Service, migration",
    path: "migration",
    props: Object.keys(INSTANCE_MIGRATION_PROPS),
    defaults: instanceMigrationDefaults,
    build: nested(Ec2Service, instances, "migration", { command: ["node", "migrate.js"] }),
  },
  {
    module: "ec2-service",
    name: "Ec2Service, spot",
    path: "spot",
    props: Object.keys(INSTANCE_SPOT_PROPS),
    defaults: instanceSpotDefaults,
    build: nested(Ec2Service, instances, "spot", {}),
  },
  {
    module: "app-runner-service",
    name: "AppRunnerService",
    props: Object.keys(APP_RUNNER_PROPS),
    defaults: appRunnerServiceDefaults,
    build: from(AppRunnerService, { ...appRunner, socketIo: false }),
  },
  {
    module: "app-runner-service",
    name: "AppRunnerService, healthCheck",
    path: "healthCheck",
    props: Object.keys(APP_RUNNER_HEALTH_CHECK_PROPS),
    defaults: appRunnerHealthCheckDefaults,
    build: nested(AppRunnerService, appRunner, "healthCheck", {}),
  },
  {
    module: "database",
    name: "Database on RDS",
    props: Object.keys(DATABASE_PROPS).filter((prop) => !aurora.includes(prop)),
    defaults: { ...databaseDefaults.databaseDefaults, ...databaseDefaults.instanceDefaults },
    build: from(Database, database),
  },
  {
    module: "database",
    name: "Database on Aurora",
    props: aurora,
    defaults: databaseDefaults.auroraDefaults,
    build: from(Database, { ...database, engine: "aurora-postgresql" }),
  },
  {
    module: "database",
    name: "Database, proxy",
    path: "proxy",
    props: [
      "userName",
      "secretArn",
      "secretKmsKeyArn",
      "maxConnectionsPercent",
      "maxIdleConnectionsPercent",
      "borrowTimeoutSec",
      "idleClientTimeoutSec",
    ],
    defaults: proxyDefaults,
    build: nested(Database, database, "proxy", {
      userName: "messenger_app",
      secretArn: `arn:aws:secretsmanager:ap-northeast-1:${accountId}:secret:crm/app-AbCd12`,
    }),
  },
  {
    module: "cache",
    name: "Cache",
    props: Object.keys(CACHE_PROPS).filter((prop) => !(prop in cacheDefaults.serverlessDefaults)),
    defaults: {
      ...cacheDefaults.cacheDefaults,
      ...cacheDefaults.nodeDefaults,
      ...cacheDefaults.clusterDefaults,
      parameters: cacheDefaults.DEFAULT_PARAMETERS,
    },
    build: from(Cache, cache),
  },
  {
    module: "cache",
    name: "Cache, serverless",
    props: Object.keys(cacheDefaults.serverlessDefaults),
    defaults: cacheDefaults.serverlessDefaults,
    build: from(Cache, { ...cache, kind: "serverless" }),
  },
  {
    module: "secrets",
    name: "Secrets",
    props: Object.keys(SECRETS_PROPS),
    defaults: secretsDefaults.secretsDefaults,
    build: from(Secrets, secrets),
  },
  {
    module: "secrets",
    name: "Secrets, generated",
    place: "text",
    path: "generated.KEY",
    props: ["description", "length", "version"],
    defaults: { length: secretsDefaults.DEFAULT_LENGTH, version: secretsDefaults.DEFAULT_VERSION },
    build: (stack, changed) =>
      void new Secrets(stack, "it", { ...secrets, generated: { KEY: { description: "a key", ...changed } } }),
  },
  {
    module: "registry",
    name: "Registry",
    props: Object.keys(REGISTRY_PROPS),
    defaults: registryDefaults,
    build: from(Registry, registry),
  },
  {
    module: "log-bucket",
    name: "LogBucket",
    props: Object.keys(LOG_BUCKET_PROPS),
    defaults: logBucketDefaults,
    build: from(LogBucket, logBucket),
  },
  {
    module: "encryption-key",
    name: "EncryptionKey",
    props: Object.keys(KEY_PROPS),
    defaults: encryptionKeyDefaults,
    build: from(EncryptionKey, key),
  },
  {
    module: "monitoring",
    name: "Monitoring",
    props: Object.keys(MONITORING_PROPS),
    defaults: monitoringDefaults,
    build: from(Monitoring, monitoring),
  },
  {
    module: "monitoring",
    name: "Monitoring, thresholds",
    place: "text",
    path: "thresholds",
    props: Object.keys(thresholdDefaults),
    defaults: thresholdDefaults,
    build: nested(Monitoring, monitoring, "thresholds", {}),
  },
  {
    module: "monitoring",
    name: "AlarmTopic",
    place: "text",
    props: Object.keys(TOPIC_PROPS),
    defaults: alarmTopicDefaults,
    build: from(AlarmTopic, { name: "crm" }),
  },
  {
    module: "monitoring",
    name: "RollbackAlarms",
    place: "text",
    props: Object.keys(ROLLBACK_PROPS),
    defaults: {},
    build: from(RollbackAlarms, rollback),
  },
];
