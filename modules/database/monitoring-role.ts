import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { type Construct } from "constructs";
import { arnField } from "../core/arn";
import { servicePrincipalTrust } from "../core/iam-policy";
import { physicalName } from "../core/names";
import { type CompleteDatabaseProps } from "./defaults";

/**
 * Creates the role with which Enhanced Monitoring writes to CloudWatch Logs; `undefined` when Enhanced Monitoring is off.
 * @param arn ARN of any resource in the account, from which the partition is read
 */
export function createMonitoringRole(
  scope: Construct,
  { name, enhancedMonitoringIntervalSec }: CompleteDatabaseProps,
  arn: string,
): { role: IamRole; attachment: IamRolePolicyAttachment } | undefined {
  if (enhancedMonitoringIntervalSec === 0) return undefined;
  const role = new IamRole(scope, "monitoring-role", {
    name: physicalName([name, "db", "monitoring"], { maxLength: 64 }),
    assumeRolePolicy: servicePrincipalTrust("monitoring.rds.amazonaws.com"),
    // The database uses the role until Enhanced Monitoring is off.
    lifecycle: { createBeforeDestroy: true },
  });
  const attachment = new IamRolePolicyAttachment(scope, "monitoring-policy", {
    role: role.name,
    policyArn: `arn:${arnField(arn, "partition")}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole`,
    lifecycle: { createBeforeDestroy: true },
  });
  return { role, attachment };
}
