import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { ECRClient } from "@aws-sdk/client-ecr";
import { ECSClient } from "@aws-sdk/client-ecs";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
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
  readonly ecs: ECSClient;
  readonly elb: ElasticLoadBalancingV2Client;
  readonly logs: CloudWatchLogsClient;
  readonly ecr: ECRClient;
  readonly ssm: SSMClient;
  readonly sts: STSClient;
}

export function awsClients({ region, endpoint }: AwsAccess): AwsClients {
  const config = { region, ...(endpoint === undefined ? {} : { endpoint }) };
  return {
    ecs: new ECSClient(config),
    elb: new ElasticLoadBalancingV2Client(config),
    logs: new CloudWatchLogsClient(config),
    ecr: new ECRClient(config),
    ssm: new SSMClient(config),
    sts: new STSClient(config),
  };
}
