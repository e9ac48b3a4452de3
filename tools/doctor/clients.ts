import { ACMClient } from "@aws-sdk/client-acm";
import { CloudFrontClient } from "@aws-sdk/client-cloudfront";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { EC2Client } from "@aws-sdk/client-ec2";
import { ElastiCacheClient } from "@aws-sdk/client-elasticache";
import { RDSClient } from "@aws-sdk/client-rds";
import { SNSClient } from "@aws-sdk/client-sns";
import { type AwsAccess, type AwsClients, awsClients } from "../aws/clients";
import { oncePerRegion } from "./account/once";

/** The clients of everything that the checks read. */
export interface DoctorClients extends AwsClients {
  readonly cloudfront: CloudFrontClient;
  readonly ec2: EC2Client;
  readonly elasticache: ElastiCacheClient;
  readonly rds: RDSClient;
  /** Certificates, alarms and topics of CloudFront are in us-east-1. */
  readonly acm: (region: string) => ACMClient;
  readonly cloudwatch: (region: string) => CloudWatchClient;
  readonly sns: (region: string) => SNSClient;
}

export function doctorClients(access: AwsAccess): DoctorClients {
  const config = { region: access.region, ...(access.endpoint === undefined ? {} : { endpoint: access.endpoint }) };
  return {
    ...awsClients(access),
    cloudfront: new CloudFrontClient(config),
    ec2: new EC2Client(config),
    elasticache: new ElastiCacheClient(config),
    rds: new RDSClient(config),
    acm: oncePerRegion((region) => new ACMClient({ ...config, region })),
    cloudwatch: oncePerRegion((region) => new CloudWatchClient({ ...config, region })),
    sns: oncePerRegion((region) => new SNSClient({ ...config, region })),
  };
}
