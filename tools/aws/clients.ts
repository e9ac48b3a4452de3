import { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { ECRClient } from "@aws-sdk/client-ecr";
import { ECSClient } from "@aws-sdk/client-ecs";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { IAMClient } from "@aws-sdk/client-iam";
import { ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { SSMClient } from "@aws-sdk/client-ssm";
import { STSClient } from "@aws-sdk/client-sts";

// The project supports older versions of Node.js than the next SDK, which prints a warning on every command.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

export interface AwsAccess {
  readonly region: string;
  /** URL of every service instead of AWS's own: the simulator's. @default AWS's endpoints, or AWS_ENDPOINT_URL */
  readonly endpoint?: string | undefined;
}

/** The clients of the AWS services that the tools read and change. Credentials come from the SDK's own chain. */
export interface AwsClients {
  readonly autoscaling: ApplicationAutoScalingClient;
  readonly ecs: ECSClient;
  readonly elb: ElasticLoadBalancingV2Client;
  readonly logs: CloudWatchLogsClient;
  readonly ecr: ECRClient;
  readonly iam: IAMClient;
  readonly quotas: ServiceQuotasClient;
  readonly s3: S3Client;
  readonly secrets: SecretsManagerClient;
  readonly ssm: SSMClient;
  readonly tagging: ResourceGroupsTaggingAPIClient;
  readonly sts: STSClient;
}

export function awsClients({ region, endpoint }: AwsAccess): AwsClients {
  const config = { region, ...(endpoint === undefined ? {} : { endpoint }) };
  return {
    autoscaling: new ApplicationAutoScalingClient(config),
    ecs: new ECSClient(config),
    elb: new ElasticLoadBalancingV2Client(config),
    logs: new CloudWatchLogsClient(config),
    ecr: new ECRClient(config),
    iam: new IAMClient(config),
    quotas: new ServiceQuotasClient(config),
    // An endpoint of one's own, such as a simulator's, has no name for each bucket.
    s3: new S3Client({ ...config, forcePathStyle: isCustom(endpoint) }),
    secrets: new SecretsManagerClient(config),
    ssm: new SSMClient(config),
    tagging: new ResourceGroupsTaggingAPIClient(config),
    sts: new STSClient(config),
  };
}

function isCustom(endpoint: string | undefined): boolean {
  const { AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL } = process.env;
  return [endpoint, AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL].some((url) => url !== undefined && url !== "");
}
