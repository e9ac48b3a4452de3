import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { type Construct } from "constructs";
import { policyDocument, servicePrincipalTrust } from "../core/iam-policy";
import { physicalName } from "../core/names";
import { type AwsLocation } from "../ecs/aws-location";
import { pullStatements, secretStatements } from "../ecs/roles";
import { type CompleteAppRunnerServiceProps } from "./defaults";

/** A role and the policy without which the service does not start. */
export interface ServiceRole {
  readonly role: IamRole;
  /** `undefined` when there is nothing that it has to allow. */
  readonly policy: IamRolePolicy | undefined;
}

/** Creates the role with which App Runner pulls the image; none for code and for public images. */
export function createAccessRole(scope: Construct, props: CompleteAppRunnerServiceProps): ServiceRole | undefined {
  const { name, image, repositoryArn } = props;
  if (image === undefined) return undefined;
  const statements = pullStatements({ image, repositoryArn });
  const repository = statements[1]?.Resource;
  if (repository === undefined) return undefined;
  const role = new IamRole(scope, "app-runner-access-role", {
    name: physicalName([name, "access"], { maxLength: 64 }),
    description: `App Runner pulls the image of ${name}`,
    assumeRolePolicy: servicePrincipalTrust("build.apprunner.amazonaws.com"),
  });
  const policy = new IamRolePolicy(scope, "access-policy", {
    name: "pull-image",
    role: role.id,
    policy: policyDocument([
      ...statements,
      // Source: AWS managed policy reference, AWSAppRunnerServicePolicyForECRAccess.
      { Sid: "DescribeImage", Effect: "Allow", Action: "ecr:DescribeImages", Resource: repository },
    ]),
  });
  return { role, policy };
}

/** Creates the role of the application. App Runner also reads the secrets with it: instances have no execution role. */
export function createInstanceRole(
  scope: Construct,
  props: CompleteAppRunnerServiceProps,
  location: Pick<AwsLocation, "region" | "dnsSuffix">,
): ServiceRole {
  const { name, secrets, secretKmsKeyArns } = props;
  const role = new IamRole(scope, "app-runner-instance-role", {
    name: physicalName([name, "instance"], { maxLength: 64 }),
    description: `The app in the instances of ${name}`,
    assumeRolePolicy: servicePrincipalTrust("tasks.apprunner.amazonaws.com"),
  });
  const statements = secretStatements({ secrets, secretKmsKeyArns }, location);
  if (statements.length === 0) return { role, policy: undefined };
  const policy = new IamRolePolicy(scope, "secrets-policy", {
    name: "read-secrets",
    role: role.id,
    policy: policyDocument(statements),
  });
  return { role, policy };
}
