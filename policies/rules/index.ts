import { type Rule } from "../rule";
import { cloudfrontHttps } from "./cloudfront/https";
import { cloudfrontTlsPolicy } from "./cloudfront/tls-policy";
import { cloudfrontWaf } from "./cloudfront/waf";
import { cloudwatchAlarmActions } from "./cloudwatch/alarm-actions";
import { cloudwatchAlarmCoverage } from "./cloudwatch/alarm-coverage";
import { cloudwatchAlarmDimensions } from "./cloudwatch/alarm-dimensions";
import { cloudwatchMissingData } from "./cloudwatch/missing-data";
import { ecrImmutableTags } from "./ecr/immutable-tags";
import { ecrLifecycle } from "./ecr/lifecycle";
import { ecrScanOnPush } from "./ecr/scan-on-push";
import { ecsAutoscaledCount } from "./ecs/autoscaled-count";
import { ecsAwsvpcNetwork } from "./ecs/awsvpc-network";
import { ecsCircuitBreaker } from "./ecs/circuit-breaker";
import { ecsContainerInsights } from "./ecs/container-insights";
import { ecsContainerLogs } from "./ecs/container-logs";
import { ecsHealthGrace } from "./ecs/health-grace";
import { ecsLatestPlatform } from "./ecs/latest-platform";
import { ecsLoadBalancerTarget } from "./ecs/load-balancer-target";
import { ecsNoExec } from "./ecs/no-exec";
import { ecsNoHostIpc } from "./ecs/no-host-ipc";
import { ecsNoHostPid } from "./ecs/no-host-pid";
import { ecsNoPlaintextSecrets } from "./ecs/no-plaintext-secrets";
import { ecsNoPublicIp } from "./ecs/no-public-ip";
import { ecsNonRootUser } from "./ecs/non-root-user";
import { ecsNotPrivileged } from "./ecs/not-privileged";
import { ecsPinnedImage } from "./ecs/pinned-image";
import { ecsReadOnlyRoot } from "./ecs/read-only-root";
import { ecsRollingPercent } from "./ecs/rolling-percent";
import { ecsScalingBounds } from "./ecs/scaling-bounds";
import { ecsScalingTarget } from "./ecs/scaling-target";
import { ecsStopTimeout } from "./ecs/stop-timeout";
import { ecsTwoTasks } from "./ecs/two-tasks";
import { ecsZones } from "./ecs/zones";
import { elasticacheAccessControl } from "./elasticache/access-control";
import { elasticacheEncryptionAtRest } from "./elasticache/encryption-at-rest";
import { elasticacheEncryptionInTransit } from "./elasticache/encryption-in-transit";
import { elasticacheMinorUpgrades } from "./elasticache/minor-upgrades";
import { elasticacheMultiAz } from "./elasticache/multi-az";
import { elasticacheSlowLog } from "./elasticache/slow-log";
import { elasticacheSnapshots } from "./elasticache/snapshots";
import { elasticacheSubnetGroup } from "./elasticache/subnet-group";
import { elbAccessLogs } from "./elb/access-logs";
import { elbCertificate } from "./elb/certificate";
import { elbDeletionProtection } from "./elb/deletion-protection";
import { elbDeregistrationDelay } from "./elb/deregistration-delay";
import { elbDesyncMitigation } from "./elb/desync-mitigation";
import { elbDropInvalidHeaders } from "./elb/drop-invalid-headers";
import { elbHttps } from "./elb/https";
import { elbIdleTimeout } from "./elb/idle-timeout";
import { elbStickiness } from "./elb/stickiness";
import { elbTlsPolicy } from "./elb/tls-policy";
import { elbWaf } from "./elb/waf";
import { elbZones } from "./elb/zones";
import { iamNoWildcards } from "./iam/no-wildcards";
import { kmsCustomerKey } from "./kms/customer-key";
import { kmsDeletionProtection } from "./kms/deletion-protection";
import { kmsDeletionWindow } from "./kms/deletion-window";
import { kmsKeyPolicy } from "./kms/key-policy";
import { kmsRotation } from "./kms/rotation";
import { logsDeclared } from "./logs/declared";
import { logsKeptAYear } from "./logs/kept-a-year";
import { logsRetention } from "./logs/retention";
import { rdsAuroraInstances } from "./rds/aurora-instances";
import { rdsBackups } from "./rds/backups";
import { rdsCopyTags } from "./rds/copy-tags";
import { rdsDeletionProtection } from "./rds/deletion-protection";
import { rdsEncryption } from "./rds/encryption";
import { rdsEvents } from "./rds/events";
import { rdsFinalSnapshot } from "./rds/final-snapshot";
import { rdsIamAuthentication } from "./rds/iam-authentication";
import { rdsInstanceMultiAz } from "./rds/instance-multi-az";
import { rdsLogs } from "./rds/logs";
import { rdsManagedPassword } from "./rds/managed-password";
import { rdsMinorUpgrades } from "./rds/minor-upgrades";
import { rdsMonitoring } from "./rds/monitoring";
import { rdsNotPublic } from "./rds/not-public";
import { rdsStorageAutoscaling } from "./rds/storage-autoscaling";
import { rdsSubnetZones } from "./rds/subnet-zones";
import { rdsTls } from "./rds/tls";
import { rdsUserName } from "./rds/user-name";
import { s3Encryption } from "./s3/encryption";
import { s3Lifecycle } from "./s3/lifecycle";
import { s3NoAcls } from "./s3/no-acls";
import { s3PublicAccessBlock } from "./s3/public-access-block";
import { s3TlsOnly } from "./s3/tls-only";
import { s3Versioning } from "./s3/versioning";
import { secretsNoLiterals } from "./secrets/no-literals";
import { secretsRecoveryWindow } from "./secrets/recovery-window";
import { secretsSensitiveOutputs } from "./secrets/sensitive-outputs";
import { snsTopicPolicy } from "./sns/topic-policy";
import { vpcDataIngress } from "./vpc/data-ingress";
import { vpcDefaultSecurityGroup } from "./vpc/default-security-group";
import { vpcFlowLogs } from "./vpc/flow-logs";
import { vpcInternetEgress } from "./vpc/internet-egress";
import { vpcInternetIngress } from "./vpc/internet-ingress";
import { vpcNoAutoPublicIp } from "./vpc/no-auto-public-ip";
import { vpcNoSecurityGroupRule } from "./vpc/no-security-group-rule";
import { wafLogDestination } from "./waf/log-destination";
import { wafLogging } from "./waf/logging";
import { wafManagedGroups } from "./waf/managed-groups";
import { wafMetrics } from "./waf/metrics";
import { wafRateLimit } from "./waf/rate-limit";
import { wafRedaction } from "./waf/redaction";

/** Every rule, sorted by id. */
export const allRules: readonly Rule[] = [
  cloudfrontHttps,
  cloudfrontTlsPolicy,
  cloudfrontWaf,
  cloudwatchAlarmActions,
  cloudwatchAlarmCoverage,
  cloudwatchAlarmDimensions,
  cloudwatchMissingData,
  ecrImmutableTags,
  ecrLifecycle,
  ecrScanOnPush,
  ecsAutoscaledCount,
  ecsAwsvpcNetwork,
  ecsCircuitBreaker,
  ecsContainerInsights,
  ecsContainerLogs,
  ecsHealthGrace,
  ecsLatestPlatform,
  ecsLoadBalancerTarget,
  ecsNoExec,
  ecsNoHostIpc,
  ecsNoHostPid,
  ecsNoPlaintextSecrets,
  ecsNoPublicIp,
  ecsNonRootUser,
  ecsNotPrivileged,
  ecsPinnedImage,
  ecsReadOnlyRoot,
  ecsRollingPercent,
  ecsScalingBounds,
  ecsScalingTarget,
  ecsStopTimeout,
  ecsTwoTasks,
  ecsZones,
  elasticacheAccessControl,
  elasticacheEncryptionAtRest,
  elasticacheEncryptionInTransit,
  elasticacheMinorUpgrades,
  elasticacheMultiAz,
  elasticacheSlowLog,
  elasticacheSnapshots,
  elasticacheSubnetGroup,
  elbAccessLogs,
  elbCertificate,
  elbDeletionProtection,
  elbDeregistrationDelay,
  elbDesyncMitigation,
  elbDropInvalidHeaders,
  elbHttps,
  elbIdleTimeout,
  elbStickiness,
  elbTlsPolicy,
  elbWaf,
  elbZones,
  iamNoWildcards,
  kmsCustomerKey,
  kmsDeletionProtection,
  kmsDeletionWindow,
  kmsKeyPolicy,
  kmsRotation,
  logsDeclared,
  logsKeptAYear,
  logsRetention,
  rdsAuroraInstances,
  rdsBackups,
  rdsCopyTags,
  rdsDeletionProtection,
  rdsEncryption,
  rdsEvents,
  rdsFinalSnapshot,
  rdsIamAuthentication,
  rdsInstanceMultiAz,
  rdsLogs,
  rdsManagedPassword,
  rdsMinorUpgrades,
  rdsMonitoring,
  rdsNotPublic,
  rdsStorageAutoscaling,
  rdsSubnetZones,
  rdsTls,
  rdsUserName,
  s3Encryption,
  s3Lifecycle,
  s3NoAcls,
  s3PublicAccessBlock,
  s3TlsOnly,
  s3Versioning,
  secretsNoLiterals,
  secretsRecoveryWindow,
  secretsSensitiveOutputs,
  snsTopicPolicy,
  vpcDataIngress,
  vpcDefaultSecurityGroup,
  vpcFlowLogs,
  vpcInternetEgress,
  vpcInternetIngress,
  vpcNoAutoPublicIp,
  vpcNoSecurityGroupRule,
  wafLogDestination,
  wafLogging,
  wafManagedGroups,
  wafMetrics,
  wafRateLimit,
  wafRedaction,
];
