import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { type Vpc } from "@cdktf/provider-aws/lib/vpc";
import { type Construct } from "constructs";
import { policyDocument, servicePrincipalTrust } from "../core/iam-policy";
import { physicalName } from "../core/names";
import { type CompleteNetworkProps } from "./defaults";

/** Logs every connection of the VPC to its own log group, with a role that can write only there. */
export function addFlowLogs(scope: Construct, vpc: Vpc, props: CompleteNetworkProps): void {
  const logGroup = new CloudwatchLogGroup(scope, "flow-log-group", {
    name: `/vpc/${props.name}/flow-logs`,
    retentionInDays: props.flowLogRetentionDays,
    kmsKeyId: props.kmsKeyArn,
  });
  const role = new IamRole(scope, "flow-log-role", {
    name: physicalName([props.name, "flow-logs"], { maxLength: 64 }),
    assumeRolePolicy: servicePrincipalTrust("vpc-flow-logs.amazonaws.com"),
  });
  const policy = new IamRolePolicy(scope, "flow-log-policy", {
    name: "write-flow-logs",
    role: role.id,
    policy: policyDocument([
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
        Resource: [logGroup.arn, `${logGroup.arn}:*`],
      },
      // Has no resource types. Source: VPC user guide, "IAM role for publishing flow logs to CloudWatch Logs".
      { Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
    ]),
  });
  new FlowLog(scope, "flow-log", {
    vpcId: vpc.id,
    trafficType: "ALL",
    logDestinationType: "cloud-watch-logs",
    logDestination: logGroup.arn,
    iamRoleArn: role.arn,
    maxAggregationInterval: 600,
    tags: { Name: `${props.name}-flow-logs` },
    dependsOn: [policy],
  });
}
