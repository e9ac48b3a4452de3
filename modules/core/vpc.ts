import { type Checks } from "./checks";

/** Checks the id of the VPC of a security group or target group. */
export function checkVpc(checks: Checks, vpcId: string, prop = "network.vpcId"): void {
  if (!checks.required(prop, vpcId, "Pass the id of the VPC.")) return;
  checks.id(prop, vpcId, "vpc", "Take it from the VPC console or from the stack that made it.");
}
