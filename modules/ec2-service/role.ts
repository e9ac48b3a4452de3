import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { type ITerraformDependable } from "cdktf";
import { type Construct } from "constructs";
import { policyDocument, type PolicyStatement, servicePrincipalTrust } from "../core/iam-policy";
import { physicalName } from "../core/names";
import { ecrRepositoryArn } from "../ecs/image";
import { type AwsLocation } from "../ecs/aws-location";
import { secretStatements } from "../ecs/roles";
import { type CompleteEc2ServiceProps } from "./defaults";

export interface InstanceRole {
  readonly role: IamRole;
  readonly profile: IamInstanceProfile;
  /** What has to exist before an instance starts. */
  readonly dependencies: readonly ITerraformDependable[];
}

export interface RoleInputs {
  readonly location: AwsLocation;
  readonly groupName: string;
  readonly logGroupArn: string;
}

/** Creates the role of the instances: the processes of the app run with it, too. */
export function createInstanceRole(
  scope: Construct,
  props: CompleteEc2ServiceProps,
  { location, groupName, logGroupArn }: RoleInputs,
): InstanceRole {
  const role = new IamRole(scope, "instance-role", {
    name: physicalName([props.name, "instance"], { maxLength: 64 }),
    description: `The instances of ${props.name}`,
    assumeRolePolicy: servicePrincipalTrust("ec2.amazonaws.com"),
  });
  const policy = new IamRolePolicy(scope, "policy", {
    name: "run-instances",
    role: role.id,
    policy: policyDocument([
      pullStatement(props),
      ...secretStatements(props, location).map(withSingleParameters),
      ...logStatements(logGroupArn),
      lifecycleStatement(location, groupName),
      ...metricStatements(props),
      ...sessionStatements(location),
    ]),
  });
  const profile = new IamInstanceProfile(scope, "instance-profile", {
    name: physicalName([props.name, "instance"], { maxLength: 128 }),
    role: role.name,
  });
  return { role, profile, dependencies: [policy] };
}

/** The layers are fetched through ECR's API, which needs no sign-in for a registry client. */
function pullStatement({ image, repositoryArn }: CompleteEc2ServiceProps): PolicyStatement {
  return {
    Sid: "PullImage",
    Effect: "Allow",
    Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
    Resource: repositoryArn ?? ecrRepositoryArn(image) ?? image,
  };
}

/** An instance reads each parameter by itself; only ECS reads several at once. */
function withSingleParameters(statement: PolicyStatement): PolicyStatement {
  return statement.Action === "ssm:GetParameters" ? { ...statement, Action: "ssm:GetParameter" } : statement;
}

/** Source: CloudWatch user guide, "Create IAM roles and users for use with the CloudWatch agent"; its log groups exist already. */
function logStatements(logGroupArn: string): PolicyStatement[] {
  return [
    {
      Sid: "WriteLogs",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
      Resource: `${logGroupArn}:*`,
    },
  ];
}

/** Source of the ARN's form: Service authorization reference, Amazon EC2 Auto Scaling, "Resource types". */
function lifecycleStatement({ partition, region, account }: AwsLocation, groupName: string): PolicyStatement {
  const group = `arn:${partition}:autoscaling:${region}:${account}:autoScalingGroup:*:autoScalingGroupName/${groupName}`;
  return {
    Sid: "ReportLifecycle",
    Effect: "Allow",
    Action: ["autoscaling:CompleteLifecycleAction", "autoscaling:SetInstanceHealth"],
    Resource: group,
  };
}

/** PutMetricData has no resource types, so the namespace is the limit; DescribeTags, with which the agent finds the group's name, has none. */
function metricStatements({ metricsNamespace }: CompleteEc2ServiceProps): PolicyStatement[] {
  return [
    {
      Sid: "WriteMetrics",
      Effect: "Allow",
      Action: "cloudwatch:PutMetricData",
      Resource: "*",
      Condition: { StringEquals: { "cloudwatch:namespace": metricsNamespace } },
    },
    { Sid: "FindGroupName", Effect: "Allow", Action: "ec2:DescribeTags", Resource: "*" },
  ];
}

/**
 * Permits Session Manager, instead of SSH; its channels have no resource types.
 * Source: Systems Manager user guide, "Create a custom IAM role for Session Manager".
 */
function sessionStatements({ partition, region, account }: AwsLocation): PolicyStatement[] {
  return [
    {
      Sid: "RegisterForSessions",
      Effect: "Allow",
      Action: "ssm:UpdateInstanceInformation",
      Resource: `arn:${partition}:ec2:${region}:${account}:instance/*`,
    },
    {
      Sid: "SessionManager",
      Effect: "Allow",
      Action: [
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
      ],
      Resource: "*",
    },
  ];
}
