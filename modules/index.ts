// The public API of the package. Import a module by its own path (`cdktf-aws-websocket/network`) to load nothing else.
export {
  type AlbAccessLogs,
  type AlbNetwork,
  type AlbServiceProps,
  AlbWebsocket,
  type AlbWebsocketProps,
  type HealthCheck,
  type LoadBalancingAlgorithm,
  type RequiredHeader,
  type ServiceTarget,
  type SslPolicy,
  type Transport,
} from "./alb-websocket";
export {
  type AppRunnerHealthCheck,
  AppRunnerService,
  type AppRunnerServiceProps,
  type CodeSource,
  type CustomDomain,
} from "./app-runner-service";
export {
  Cache,
  type CacheAuthentication,
  type CacheEngine,
  type CacheKind,
  type CacheNetwork,
  type CacheProps,
  type SocketIoAdapter,
} from "./cache";
export {
  Cdn,
  type CdnAccessLogs,
  type CdnOrigin,
  type CdnProps,
  type OriginAccess,
  type PriceClass,
  type SecretHeader,
} from "./cdn";
export {
  ConfigurationError,
  escapeTemplate,
  LOG_RETENTION_DAYS,
  type LogRetentionDays,
  type Problem,
  type ProblemCode,
} from "./core";
export {
  type ConnectionUrlOptions,
  Database,
  type DatabaseEngine,
  type DatabaseNetwork,
  type DatabaseProps,
  type DatabaseProxy,
  type DatabaseProxyProps,
} from "./database";
export { type AliasProps, type AliasTarget, DnsCertificate, type DnsCertificateProps } from "./dns-certificate";
export {
  Ec2Service,
  type Ec2ServiceProps,
  type InstanceAutoscaling,
  type InstanceMigrationProps,
  type InstanceSpot,
} from "./ec2-service";
export { EncryptionKey, type EncryptionKeyProps } from "./encryption-key";
export {
  type Adapter,
  type ClusterRef,
  type ConnectionTarget,
  type FanOutProps,
  FargateService,
  type FargateServiceProps,
  type LoadBalancerTarget,
  type MetricRef,
  type Migration,
  type ScalingSchedule,
  type SecretReference,
  type SecretSource,
  type SecretVariables,
  type ServiceAutoscaling,
  type ServiceKind,
  type Sidecar,
  type Sidecars,
  type SpotMix,
  type TaskNetwork,
} from "./fargate-service";
export { LogBucket, type LogBucketProps, type Writer } from "./log-bucket";
export {
  AlarmTopic,
  type AlarmTopicProps,
  type AppMetricNames,
  literalPattern,
  type LogMetric,
  type MonitoredApp,
  type MonitoredCache,
  type MonitoredDatabase,
  type MonitoredInstances,
  type MonitoredLoadBalancer,
  type MonitoredService,
  type MonitoredWaf,
  Monitoring,
  type MonitoringProps,
  RollbackAlarms,
  type RollbackAlarmsProps,
  type Thresholds,
} from "./monitoring";
export {
  type Egress,
  existingNetwork,
  type ExistingNetworkProps,
  type NatInstance,
  Network,
  type NetworkProps,
  type NetworkRef,
} from "./network";
export { OneOffTask, type OneOffTaskProps } from "./one-off-task";
export { Registry, type RegistryProps } from "./registry";
export { ScheduledTask, type ScheduledTaskProps } from "./scheduled-task";
export {
  type ExternalSecret,
  type GeneratedSecret,
  MINIMUM_TERRAFORM_VERSION,
  Secrets,
  type SecretsProps,
} from "./secrets";
export { Waf, type WafProps, type WafRule, type WafScope, type WafStatement } from "./waf";
/** Builders for the statements of `customRules`: `wafStatement.and(…)`. */
export * as wafStatement from "./waf/statements";
