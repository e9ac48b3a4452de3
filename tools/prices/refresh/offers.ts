/** Where a price is in AWS's price list, which has one file for each service and region. */
export interface Offer {
  /** AWS's service code: `AmazonECS`. */
  readonly service: string;
  /** Usage type without the prefix of its region: `Fargate-GB-Hours`. */
  readonly usage: string;
  /** Columns that distinguish rows of one usage type, with the accepted values. */
  readonly where?: Readonly<Record<string, readonly string[]>>;
  /** AWS's units in one unit of our list: 1,000,000 where ours is a million requests. */
  readonly per?: number;
  /** A service with one file for all regions. */
  readonly global?: true;
  /** Prefixes of the usage type by region, where they differ from REGION_PREFIXES. */
  readonly prefixes?: Readonly<Record<string, readonly string[]>>;
}

/** Prefixes of usage types by region. Source: AWS Price List; us-east-1 has none or its own, KMS uses the region's name. */
export const REGION_PREFIXES: Readonly<Record<string, readonly string[]>> = {
  "ap-northeast-1": ["APN1-", "ap-northeast-1-"],
  "us-east-1": ["", "USE1-", "us-east-1-"],
};

const MILLION = 1_000_000;
const EDGE = { "ap-northeast-1": ["JP-"], "us-east-1": ["US-"] } as const;
const ANYWHERE = { "ap-northeast-1": [""], "us-east-1": [""] } as const;
const APPLICATION = { operation: ["LoadBalancing:Application"] } as const;
const NETWORK = { operation: ["LoadBalancing:Network"] } as const;
const POSTGRESQL = { "Database Engine": ["PostgreSQL"] } as const;
const AURORA = { "Database Engine": ["Aurora PostgreSQL", "Any"] } as const;
/** Storage is listed once for each engine, or once for any. */
const POSTGRESQL_OR_ANY = { "Database Engine": ["PostgreSQL", "Any"] } as const;
const LINUX = {
  "Operating System": ["Linux"],
  Tenancy: ["Shared"],
  "Pre Installed S/W": ["NA"],
  CapacityStatus: ["Used"],
} as const;

const of = (service: string, usage: string, rest: Omit<Offer, "service" | "usage"> = {}): Offer => ({
  service,
  usage,
  ...rest,
});

const OFFERS: Readonly<Record<string, Offer>> = {
  "fargate.x86.vcpu": of("AmazonECS", "Fargate-vCPU-Hours:perCPU"),
  "fargate.x86.gb": of("AmazonECS", "Fargate-GB-Hours"),
  "fargate.arm.vcpu": of("AmazonECS", "Fargate-ARM-vCPU-Hours:perCPU"),
  "fargate.arm.gb": of("AmazonECS", "Fargate-ARM-GB-Hours"),
  "fargate.ephemeral": of("AmazonECS", "Fargate-EphemeralStorage-GB-Hours"),
  "alb.hour": of("AWSELB", "LoadBalancerUsage", { where: APPLICATION }),
  "alb.lcu": of("AWSELB", "LCUUsage", { where: APPLICATION }),
  "nlb.hour": of("AWSELB", "LoadBalancerUsage", { where: NETWORK }),
  "nlb.nlcu": of("AWSELB", "LCUUsage", { where: NETWORK }),
  "nat.hour": of("AmazonEC2", "NatGateway-Hours"),
  "nat.gb": of("AmazonEC2", "NatGateway-Bytes"),
  "ebs.gp3": of("AmazonEC2", "EBS:VolumeUsage.gp3"),
  "ipv4.hour": of("AmazonVPC", "PublicIPv4:InUseAddress"),
  "vpce.if.hour": of("AmazonVPC", "VpcEndpoint-Hours"),
  "vpce.if.gb": of("AmazonVPC", "VpcEndpoint-Bytes"),
  "rds.gp3": of("AmazonRDS", "RDS:GP3-Storage", { where: POSTGRESQL_OR_ANY }),
  "rds.gp3.maz": of("AmazonRDS", "RDS:Multi-AZ-GP3-Storage", { where: POSTGRESQL_OR_ANY }),
  "rds.backup": of("AmazonRDS", "RDS:ChargedBackupUsage", { where: POSTGRESQL_OR_ANY }),
  "aurora.slv2.acu": of("AmazonRDS", "Aurora:ServerlessV2Usage", { where: AURORA }),
  "aurora.slv2.acu.ioopt": of("AmazonRDS", "Aurora:ServerlessV2IOOptimizedUsage", { where: AURORA }),
  "aurora.storage": of("AmazonRDS", "Aurora:StorageUsage", { where: AURORA }),
  "aurora.storage.ioopt": of("AmazonRDS", "Aurora:IO-OptimizedStorageUsage", { where: AURORA }),
  "aurora.io": of("AmazonRDS", "Aurora:StorageIOUsage", { where: AURORA, per: MILLION }),
  "aurora.backup": of("AmazonRDS", "Aurora:BackupUsage", { where: AURORA }),
  "waf.acl": of("awswaf", "WebACLV2"),
  "waf.rule": of("awswaf", "RuleV2"),
  "waf.req": of("awswaf", "RequestV2-Tier1", { per: MILLION }),
  "cf.jp.dto": of("AmazonCloudFront", "DataTransfer-Out-Bytes", { global: true, prefixes: EDGE }),
  "cf.jp.https": of("AmazonCloudFront", "Requests-Tier2-HTTPS", { global: true, prefixes: EDGE, per: 10_000 }),
  "cf.jp.origin": of("AmazonCloudFront", "DataTransfer-Out-OBytes", { global: true, prefixes: EDGE }),
  "r53.zone": of("AmazonRoute53", "HostedZone", { global: true, prefixes: ANYWHERE }),
  "r53.query": of("AmazonRoute53", "DNS-Queries", { global: true, prefixes: ANYWHERE, per: MILLION }),
  "cw.logs.ingest": of("AmazonCloudWatch", "DataProcessing-Bytes"),
  "cw.logs.store": of("AmazonCloudWatch", "TimedStorage-ByteHrs"),
  "cw.metric": of("AmazonCloudWatch", "CW:MetricMonitorUsage"),
  "cw.alarm": of("AmazonCloudWatch", "CW:AlarmMonitorUsage"),
  "cw.dashboard": of("AmazonCloudWatch", "DashboardsUsageHour", { global: true, prefixes: ANYWHERE }),
  "sm.secret": of("AWSSecretsManager", "AWSSecretsManager-Secrets"),
  "sm.api": of("AWSSecretsManager", "AWSSecretsManagerAPIRequest", { per: 10_000 }),
  "kms.key": of("awskms", "KMS-Keys"),
  "kms.req": of("awskms", "KMS-Requests", { per: 10_000 }),
  "ecr.gb": of("AmazonECR", "TimedStorage-ByteHrs"),
  "apprunner.vcpu": of("AWSAppRunner", "AppRunner-vCPU-hours"),
  "apprunner.gb": of("AWSAppRunner", "AppRunner-GB-hours"),
  "apigw.ws.msg": of("AmazonApiGateway", "ApiGatewayMessage", { per: MILLION }),
  "apigw.ws.min": of("AmazonApiGateway", "ApiGatewayMinute", { per: MILLION }),
  "apigw.http": of("AmazonApiGateway", "ApiGatewayHttpRequest", { per: MILLION }),
  "lambda.req": of("AWSLambda", "Request", { per: MILLION }),
  "lambda.arm.gbs": of("AWSLambda", "Lambda-GB-Second-ARM"),
  "lambda.x86.gbs": of("AWSLambda", "Lambda-GB-Second"),
  "ddb.wru": of("AmazonDynamoDB", "WriteRequestUnits", { per: MILLION }),
  "ddb.rru": of("AmazonDynamoDB", "ReadRequestUnits", { per: MILLION }),
  "ddb.gb": of("AmazonDynamoDB", "TimedStorage-ByteHrs"),
  "dto.internet": of("AWSDataTransfer", "DataTransfer-Out-Bytes"),
  "dto.xaz": of("AWSDataTransfer", "DataTransfer-Regional-Bytes"),
  "s3.gb": of("AmazonS3", "TimedStorage-ByteHrs"),
  "s3.put": of("AmazonS3", "Requests-Tier1", { per: 1000 }),
  "s3.get": of("AmazonS3", "Requests-Tier2", { per: 1000 }),
};

/** Returns where a price is in AWS's list; `undefined` when it is not a list price or its place is unknown. */
export function offerOf(id: string): Offer | undefined {
  const [family = "", engine, ...size] = id.split(".");
  const name = size.join(".");
  if (family === "rds" && engine === "pg") {
    const single = name.replace(/\.maz$/, "");
    return of("AmazonRDS", `${single === name ? "InstanceUsage" : "Multi-AZUsage"}:db.${single}`, {
      where: POSTGRESQL,
    });
  }
  if (family === "ec" && (engine === "redis" || engine === "valkey")) {
    return of("AmazonElastiCache", `NodeUsage:cache.${name}`, {
      where: { "Cache Engine": [engine === "redis" ? "Redis" : "Valkey"] },
    });
  }
  if (family === "ec2") return of("AmazonEC2", `BoxUsage:${id.slice("ec2.".length)}`, { where: LINUX });
  return OFFERS[id];
}
