import { type Checks } from "./checks";

/** Checks the id of the VPC that a security group or a target group lives in. */
export function checkVpc(checks: Checks, vpcId: string, prop = "network.vpcId"): void {
  if (!checks.required(prop, vpcId, "Pass the id of the VPC.")) return;
  checks.id(prop, vpcId, "vpc", "Take it from the VPC console or from the stack that made it.");
}
